import { byId, part, say, send } from './http.js';

const start = byId('start');
const forms = ['lines', 'address', 'end'].map(byId);
const message = byId('shopper-message');

/** The checkout as this window knows it, and the entity tag that says which state that is. */
let known = null;
let busy = false;

const path = (more = '') => `/checkouts/${part(known?.body.orderId ?? start.orderId.value)}${more}`;

/** One step at a time; what it answers is the checkout, or nothing if there is none to show. */
async function step(doing, done, request) {
  if (busy) return;
  busy = true;
  byId('shopper').setAttribute('aria-busy', 'true');
  say(message, 'busy', doing);
  try {
    show(await request());
    say(message, 'good', done);
  } catch (problem) {
    say(message, 'problem', problem.message);
  } finally {
    busy = false;
    byId('shopper').removeAttribute('aria-busy');
  }
}

function show({ body, tag, finished = body.ordered }) {
  known = { body, tag, finished };
  history.replaceState(null, '', `#${part(body.orderId)}`);
  start.orderId.value = body.orderId;
  forms.forEach(form => { form.firstElementChild.disabled = false; });
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
  return step('Reading …', 'This is what the shop knows.', async () => {
    try {
      return await send('GET', at);
    } catch (problem) {
      if (problem.status !== 410) throw problem;
      return { ...await send('GET', `${at}/finished`), finished: true };
    }
  });
}

const ends = {
  order: () => step('Ordering …', 'Ordered. Thank you!', () => send('POST', path('/order'), { ifMatch: known.tag })),
  abandon: () => step('Leaving …', 'Put aside: come back whenever you like.', async () => {
    await send('POST', path('/abandon'));
    return { ...known, finished: true };
  }),
  resume: () => step('Coming back …', 'Where we left off.', () => send('POST', path('/resume'))),
};

function on(form, act) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    act(Object.fromEntries(new FormData(form)), event.submitter);
  });
}

export function openShop() {
  on(start, ({ orderId, customer }) => step('Starting …', 'Started.', () =>
    send('POST', `/checkouts/${part(orderId)}${customer ? `?customer=${part(customer)}` : ''}`)));
  byId('open').addEventListener('click', () => { if (start.reportValidity()) read(start.orderId.value); });
  on(byId('lines'), ({ article, quantity }) => step('Putting it into the cart …', 'It is in the cart.', () =>
    send('PUT', path(`/lines/${part(article)}`), { json: { quantity: Number(quantity) } })));
  on(byId('address'), address => step('Asking the carrier, under the lock …', 'We ship there.', () =>
    send('PUT', path('/address'), { json: address, ifMatch: known.tag })));
  on(byId('end'), (_, button) => ends[button?.value ?? 'order']());

  const linked = decodeURIComponent(location.hash.slice(1));
  start.orderId.value = linked || `order-${Math.floor(Math.random() * 90_000 + 10_000)}`;
  if (linked) read(linked);
}
