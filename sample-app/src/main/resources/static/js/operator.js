import { Chart } from './chart.js';
import { byId, say, send } from './http.js';
import { showRows } from './table.js';

const EVERY = 2_000;
const FEED = 6;

const filter = byId('filter');
const message = byId('operator-message');
const chart = new Chart(byId('chart'));
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

/** The rows of the table; earlier pages are not requested again. */
let search = { filter: '', finished: false, after: null };
let next = null;
let timer;
let unanswered = false;

/** Polls, as this instance does not receive other instances' events. */
async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return;
  const asked = search;
  const [counts, rows] = await Promise.allSettled([send('GET', '/operator/counts'), find(asked)]);
  if (counts.status === 'fulfilled') showCounts(counts.value.body);
  if (asked === search) showFound(asked, rows);
  showOutage([counts, rows].map(({ reason }) => reason).find(reason => reason && reason.position === undefined));
  clearTimeout(timer);
  timer = setTimeout(refresh, EVERY);
}

function find({ filter: text, finished, after }) {
  const query = new URLSearchParams({ finished, ...text && { filter: text }, ...after && { after } });
  return send('GET', `/operator/checkouts?${query}`);
}

function showFound(asked, { status, value, reason }) {
  if (status === 'rejected') return showFilterProblem(asked, reason);
  showFilterProblem(asked, null);
  const { checkouts, next: more } = value.body;
  next = more;
  byId('first').hidden = !asked.after;
  byId('next').hidden = !more;
  const held = checkouts.filter(({ lock }) => lock?.status === 'held').length;
  const found = `${checkouts.length}${more || asked.after ? ' on this page' : ''}`;
  byId('found').textContent = `${asked.finished ? 'Finished' : 'Running'} checkouts: ${found}${held ? `, ${held} locked` : ''}`;
  showRows(checkouts, asked.finished, act);
  byId('rows-empty').hidden = checkouts.length > 0;
  byId('rows-empty').textContent = emptyText(asked);
}

function emptyText({ filter: text, finished }) {
  if (text) return 'No checkout matches this filter.';
  return finished ? 'No finished checkouts. Leave or order one on the left.' : 'No running checkouts. Start one on the left.';
}

/** Marks the error in the filter below it; an unchanged text is not announced again. */
function showFilterProblem(asked, problem) {
  const wrong = problem?.position !== undefined;
  const text = wrong ? `${asked.filter}\n${' '.repeat(problem.position)}▲\n${problem.message}` : '';
  filter.filter.setAttribute('aria-invalid', String(wrong));
  if (byId('filter-problem').textContent === text) return;
  const shown = document.createElement('pre');
  shown.className = 'problem code';
  shown.textContent = text;
  byId('filter-problem').replaceChildren(...wrong ? [shown] : []);
}

function showCounts(counts) {
  for (const name of ['running', 'finished', 'expired']) byId(`count-${name}`).textContent = counts[name];
  chart.add(counts);
  byId('expired').replaceChildren(...counts.lastExpired.map(({ at, orderId }) => entry(at, orderId)));
}

function showOutage(problem) {
  if (problem) say(message, 'problem', `${problem.message}\nWhat is shown is old; asking again.`);
  else if (unanswered) say(message, 'good', 'The shop answers again.');
  unanswered = Boolean(problem);
}

async function act(done, method, path) {
  try {
    await send(method, path);
    say(message, 'good', done);
  } catch (problem) {
    say(message, 'problem', problem.message, problem.detail);
  }
  await refresh();
}

function entry(at, text) {
  const item = document.createElement('li');
  const when = document.createElement('time');
  when.dateTime = at;
  when.textContent = time.format(new Date(at));
  const what = document.createElement('span');
  what.textContent = text;
  item.append(when, what);
  return item;
}

function look(change) {
  search = { ...search, after: null, ...change };
  return refresh();
}

function listen() {
  const events = new EventSource('/operator/events');
  const connection = byId('connection');
  const report = (kind, text) => {
    connection.className = `chip ${kind}`;
    connection.textContent = text;
  };
  events.onopen = () => report('on', 'live');
  events.onerror = () => {
    report('off', 'reconnecting');
    // Browsers do not reconnect after a response without events, such as a gateway's.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, EVERY);
  };
  events.addEventListener('checkout', ({ data }) => {
    const { kind, key, at, version } = JSON.parse(data);
    const feed = byId('events');
    feed.prepend(entry(at, `${kind} ${key}${version ? `, version ${version}` : ''}`));
    while (feed.children.length > FEED) feed.lastChild.remove();
    clearTimeout(timer);
    timer = setTimeout(refresh, 100);
  });
}

export function openOffice() {
  byId('instance').textContent = location.host;
  document.title = `The shop at ${location.host}`;
  filter.addEventListener('submit', event => {
    event.preventDefault();
    look({ filter: filter.filter.value.trim(), finished: filter.which.value === 'true' });
  });
  filter.which.addEventListener('change', () => filter.requestSubmit());
  byId('next').addEventListener('click', () => look({ after: next }));
  byId('first').addEventListener('click', () => look({}));
  document.addEventListener('visibilitychange', refresh);
  listen();
  refresh();
}
