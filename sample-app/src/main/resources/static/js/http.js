/** A refused or failed request; the message is for a person. */
export class Problem extends Error {
  constructor(message, body = {}) {
    super(message);
    this.status = body.status ?? 0;
    this.position = body.position;
  }

  static of(status, body) {
    const wrong = Object.entries(body.errors ?? {}).map(([name, why]) => `${name}: ${why}`);
    const name = body.type?.split(':').pop();
    const known = name && name !== 'blank' ? `${status}, ${name}` : status;
    return new Problem([`${body.detail ?? body.title ?? 'The shop refused'} (${known})`, ...wrong].join('\n'), { status, ...body });
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

/** Says it where it is read out; kind is good, busy or problem. */
export function say(element, kind, text) {
  element.className = `message ${kind}`;
  element.textContent = text;
}

export const part = encodeURIComponent;
export const byId = id => document.getElementById(id);
