import { byId, part } from './http.js';

const body = byId('rows');
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

const byStart = (one, other) => new Date(one.startedAt) - new Date(other.startedAt) || one.orderId.localeCompare(other.orderId);

/** Keeps rows in the order of their start, and reuses their elements, so that the focus stays. */
export function showRows(checkouts, finished, act) {
  const kept = new Map([...body.children].map(row => [row.dataset.id, row]));
  const rows = [...checkouts].sort(byStart).map(checkout => {
    const id = `${checkout.orderId} ${finished}`;
    return fill(kept.get(id) ?? create(id, checkout, finished, act), checkout);
  });
  const lost = [...kept.values()].some(row => !rows.includes(row) && row.contains(document.activeElement));
  if (rows.length !== body.children.length || rows.some((row, index) => row !== body.children[index])) body.replaceChildren(...rows);
  if (lost) byId('found').focus();
}

function create(id, { orderId, ordered }, finished, act) {
  const row = body.ownerDocument.createElement('tr');
  row.dataset.id = id;
  row.append(cell('th', orderId), ...Array.from({ length: 6 }, () => cell('td')));
  row.firstChild.scope = 'row';
  const buttons = document.createElement('div');
  buttons.className = 'actions';
  const at = `/checkouts/${part(orderId)}`;
  if (!finished) {
    buttons.append(button('Extend', orderId, () => act(`${orderId} has an hour from now.`, 'POST', `${at}/extend`)));
    buttons.append(button('Finish', orderId, () => act(`${orderId} is finished.`, 'POST', `${at}/abandon`)));
  } else if (!ordered) buttons.append(button('Resume', orderId, () => act(`${orderId} is resumed.`, 'POST', `${at}/resume`)));
  buttons.append(button('Delete', orderId, () => {
    if (confirm(`Delete ${orderId} for good?`)) act(`${orderId} is deleted.`, 'DELETE', at);
  }));
  row.lastChild.append(buttons);
  return row;
}

function fill(row, { version, properties, startedAt, expiresAt, ordered, lines, lock }) {
  // Unordered: sorted, so that both windows show the same.
  const shown = Object.keys(properties).sort().map((name) => `${name} ${properties[name]}`);
  shown.push(`${lines} ${lines === 1 ? 'article' : 'articles'}`, ...ordered ? ['ordered'] : []);
  const texts = [row.firstChild.textContent, version, shown.join(', '), time.format(new Date(startedAt)), expiresAt ? time.format(new Date(expiresAt)) : 'never'];
  texts.forEach((text, index) => { row.children[index].textContent = text; });
  row.children[5].replaceChildren(badge(lock ?? { status: 'unknown' }));
  return row;
}

function badge({ status, holder, leaseLeftMillis }) {
  const element = document.createElement('span');
  element.className = `badge ${status}`;
  element.textContent = status === 'held' ? `held by ${holder.slice(0, 8)}` : status;
  if (holder) element.title = `Acquisition ${holder}`;
  if (leaseLeftMillis) element.textContent += `, ${(leaseLeftMillis / 1000).toFixed(0)} s left`;
  return element;
}

function cell(name, text = '') {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function button(text, orderId, act) {
  const element = cell('button', text);
  element.type = 'button';
  element.setAttribute('aria-label', `${text} ${orderId}`);
  element.addEventListener('click', act);
  return element;
}
