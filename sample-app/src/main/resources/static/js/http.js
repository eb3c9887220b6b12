/** What a refusal means to the person at this page, by the problem's name. */
const WORDS = {
  'session-not-found': 'There is no such order. Check the number, or start it.',
  'session-finished': 'This order is closed. Come back to it before you change it.',
  'session-in-progress': 'This order is open already. Open it instead of starting it.',
  'session-running': 'This order is open already.',
  'session-locked': 'Someone else is changing this order right now. Try again in a moment.',
  'version-conflict': 'This order was changed in another window. Open it again, and see what is new.',
  'checkout-incomplete': 'The order needs an address and at least one article first.',
  'checkout-ordered': 'This order was placed; it cannot be changed any more.',
  'store-unavailable': 'The shop cannot reach its store right now. Nothing is lost; try again in a moment.',
  'session-too-large': 'There is no room for more in this order.',
  'session-unreadable': 'Another release of the shop wrote this order, and this one cannot read it.',
};

/** A refused or failed request: a message for a person, and a detail for whoever wants to know more. */
export class Problem extends Error {
  constructor(message, body = {}) {
    super(message);
    this.status = body.status ?? 0;
    this.position = body.position;
    this.detail = body.detail;
  }

  static of(status, body) {
    const fields = Object.entries(body.errors ?? {}).map(([name, why]) => `${name}: ${why}`);
    const name = body.type?.split(':').pop();
    const code = name && name !== 'blank' ? `${status}, ${name}` : status;
    const reason = `${body.detail ?? body.title ?? 'The shop refused'} (${code})`;
    const words = WORDS[name];
    const message = [words ?? reason, ...fields].join('\n');
    return new Problem(message, { ...body, status, detail: words && reason });
  }
}

/** Sends a request to the instance that served the page. Answers its JSON, or null, and its entity tag. */
export async function send(method, path, { json, ifMatch } = {}) {
  const headers = {};
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  if (ifMatch) headers['If-Match'] = ifMatch;
  let response;
  try {
    response = await fetch(path, { method, headers, body: json === undefined ? undefined : JSON.stringify(json) });
  } catch {
    throw new Problem('This instance of the shop does not answer; the checkout is safe, another instance may serve it');
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw Problem.of(response.status, body ?? {});
  return { body, tag: response.headers.get('ETag') };
}

/** Shows a message in a live region; kind is good, busy or problem. */
export function say(element, kind, text, detail = '') {
  element.className = `message ${kind}`;
  element.textContent = text;
  if (!detail) return;
  const small = document.createElement('small');
  small.textContent = detail;
  element.append(small);
}

export const part = encodeURIComponent;
export const byId = id => document.getElementById(id);
