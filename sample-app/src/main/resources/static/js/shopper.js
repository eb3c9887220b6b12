import { byId, part, say, send } from './http.js';

const start = byId('start');
const forms = ['start', 'lines', 'address', 'end'].map(byId);

/** The checkout as this window knows it, and the entity tag of that state. */
let known = null;
let busy = false;

/** What the shop sends of this checkout while it runs, and the last of it: a state's entity tag, or 'ended'. */
let watch = null;
let latest = null;

const path = (more = '') => `/checkouts/${part(known?.body.orderId ?? start.orderId.value)}${more}`;

/** Runs one step at a time and shows its outcome in its form. */
async function step(form, doing, done, request) {
  if (busy) return;
  busy = true;
  byId('shopper').setAttribute('aria-busy', 'true');
  forms.forEach(other => say(messageOf(other), '', ''));
  say(messageOf(form), 'busy', doing);
  try {
    show(await request());
    say(messageOf(form.hidden ? start : form), 'good', done);
  } catch (problem) {
    say(messageOf(form), 'problem', problem.message, problem.detail);
  } finally {
    busy = false;
    byId('shopper').removeAttribute('aria-busy');
    compare();
  }
}

function messageOf(form) {
  return form.querySelector('.message');
}

/** Enables the actions that the known state of the checkout allows. */
function offer(finished, ordered) {
  byId('shopper-empty').hidden = true;
  byId('lines').hidden = byId('address').hidden = finished;
  byId('end').hidden = ordered;
  const possible = finished ? ['resume'] : ['order', 'abandon'];
  for (const button of byId('end').querySelectorAll('button')) button.hidden = !possible.includes(button.value);
}

function show({ body, tag, finished = body.ordered }) {
  known = { body, tag, finished };
  follow();
  history.replaceState(null, '', `#${part(body.orderId)}`);
  start.orderId.value = body.orderId;
  offer(finished, body.ordered);
  const { address } = body;
  const text = {
    id: body.orderId,
    state: body.ordered ? 'ordered' : finished ? 'left' : 'running',
    version: body.version,
    customer: body.customer ?? '–',
    lines: Object.entries(body.lines).map(([article, quantity]) => `${quantity} × ${article}`).join(', ') || 'empty',
    address: address ? `${address.street}, ${address.city}, ${address.country}` : '–',
    shipping: body.shippingCents === undefined ? '–' : `€ ${(body.shippingCents / 100).toFixed(2)}`,
  };
  for (const [name, value] of Object.entries(text)) byId(`checkout-${name}`).textContent = value;
  byId('checkout-state').className = `badge ${text.state}`;
  byId('checkout').hidden = false;
  showSteps(body);
}

/** Watches the checkout that is shown, while it runs and someone looks. Browsers connect again by themselves. */
function follow() {
  const orderId = known && !known.finished && !document.hidden ? known.body.orderId : null;
  if (orderId === (watch?.orderId ?? null)) return;
  watch?.close();
  watch = latest = null;
  if (orderId === null) return;
  watch = Object.assign(new EventSource(`/checkouts/${part(orderId)}/watch`), { orderId });
  watch.addEventListener('state', ({ lastEventId }) => compare(lastEventId));
  watch.addEventListener('ended', () => {
    watch?.close();
    watch = null;
    compare('ended');
  });
}

/** Says what happened elsewhere, and leaves it to the shopper when to look: the forms are about the state that is shown. */
function compare(sent = latest) {
  latest = sent;
  if (busy) return;
  const ended = latest === 'ended' && !known.finished;
  const changed = !!latest && latest !== 'ended' && isNewer(latest, known.tag);
  byId('elsewhere').textContent = ended ? 'Closed elsewhere.' : changed ? `Changed elsewhere: version ${parseInt(latest.slice(1))}.` : '';
  byId('reload').hidden = !ended && !changed;
}

/** Compares entity tags, a version and the id of a start: the order may have been started anew since. */
function isNewer(tag, other) {
  const [version, id] = tag.split('-', 2), [otherVersion, otherId] = (other ?? tag).split('-', 2);
  return id !== otherId || parseInt(version.slice(1)) > parseInt(otherVersion.slice(1));
}

function showSteps(body) {
  const done = { start: true, lines: Object.keys(body.lines).length > 0, address: !!body.address, order: body.ordered };
  let current = true;
  for (const item of byId('steps').children) {
    const isDone = done[item.dataset.step];
    item.classList.toggle('done', isDone);
    item.removeAttribute('aria-current');
    if (!isDone && current) {
      item.setAttribute('aria-current', 'step');
      current = false;
    }
  }
}

function read(orderId) {
  const at = `/checkouts/${part(orderId)}`;
  return step(start, 'Reading …', 'This is its present state.', async () => {
    try {
      return await send('GET', at);
    } catch (problem) {
      if (problem.status !== 410) throw problem;
      return { ...await send('GET', `${at}/finished`), finished: true };
    }
  });
}

const end = byId('end');
const ends = {
  order: () => step(end, 'Ordering …', 'Ordered. Thank you!', () => send('POST', path('/order'), { ifMatch: known.tag })),
  abandon: () => step(end, 'Leaving …', 'Put aside: come back whenever you like.', async () => {
    await send('POST', path('/abandon'));
    return { ...known, finished: true };
  }),
  resume: () => step(end, 'Coming back …', 'Where we left off.', () => send('POST', path('/resume'))),
};

function on(form, act) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    act(Object.fromEntries(new FormData(form)), event.submitter);
  });
}

export function openShop() {
  on(start, ({ orderId, customer }) => step(start, 'Starting …', 'Started.', () =>
    send('POST', `/checkouts/${part(orderId)}${customer ? `?customer=${part(customer)}` : ''}`)));
  byId('reload').addEventListener('click', () => read(known.body.orderId));
  document.addEventListener('visibilitychange', follow);
  byId('open').addEventListener('click', () => { if (start.reportValidity()) read(start.orderId.value); });
  on(byId('lines'), ({ article, quantity }) => step(byId('lines'), 'Putting it into the cart …', 'It is in the cart.', () =>
    send('PUT', path(`/lines/${part(article)}`), { json: { quantity: Number(quantity) } })));
  on(byId('address'), address => step(byId('address'), 'Asking the carrier, under the lock …', 'We ship there.', () =>
    send('PUT', path('/address'), { json: address, ifMatch: known.tag })));
  on(end, (_, button) => ends[button?.value ?? 'order']());
  byId('second-window').addEventListener('click', () => window.open(location.href, '_blank', 'popup,width=1280,height=900'));

  const linked = decodeURIComponent(location.hash.slice(1));
  start.orderId.value = linked || `order-${Math.floor(Math.random() * 90_000 + 10_000)}`;
  if (linked) read(linked);
}
