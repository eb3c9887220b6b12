const WIDTH = 640, HEIGHT = 140, LEFT = 36, RIGHT = 96, TOP = 10, BOTTOM = 22;
const SPAN = 4 * 60_000, SHORTEST = 60_000;
const SERIES = ['running', 'finished', 'expired'];

/** Shows this window's counts of the last minutes. */
export class Chart {
  constructor(svg) {
    this.svg = svg;
    this.points = [];
  }

  add(counts, at = Date.now()) {
    this.points.push({ at, ...counts });
    // Keeps one older point, so that the lines begin at the edge.
    while (this.points.length > 2 && this.points[1].at < at - SPAN) this.points.shift();
    this.draw(at);
  }

  draw(now) {
    const top = ceiling(Math.max(4, ...this.points.flatMap(point => SERIES.map(name => point[name]))));
    const span = Math.min(SPAN, Math.max(SHORTEST, now - this.points[0].at));
    const x = at => LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, 1 - (now - at) / span);
    const y = count => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / top;
    this.svg.replaceChildren(...this.axes(top, y, span), ...this.lines(x, y));
    const last = this.points.at(-1);
    this.svg.setAttribute('aria-label', `Counts over time; now ${SERIES.map(name => `${last[name]} ${name}`).join(', ')}`);
  }

  axes(top, y, span) {
    const marks = [0, top / 2, top].flatMap(count => [
      shape('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y(count), y2: y(count) }),
      shape('text', { x: LEFT - 6, y: y(count) + 4, 'text-anchor': 'end' }, count),
    ]);
    return [...marks,
      shape('text', { x: LEFT, y: HEIGHT - 5 }, `${Math.round(span / 1000)} s ago`),
      shape('text', { x: WIDTH - RIGHT, y: HEIGHT - 5, 'text-anchor': 'end' }, 'now')];
  }

  lines(x, y) {
    const last = this.points.at(-1);
    const labels = apart(SERIES.map(name => ({ name, at: y(last[name]) + 4 })));
    return SERIES.flatMap(name => [
      shape('path', { class: name, d: `M${this.points.map(point => `${x(point.at).toFixed(1)},${y(point[name]).toFixed(1)}`).join('L')}` }),
      shape('text', { class: name, x: WIDTH - RIGHT + 6, y: labels.get(name) }, `${last[name]} ${name}`),
    ]);
  }
}

/** Returns the next round number whose half is round, too. */
function ceiling(count) {
  const magnitude = 10 ** Math.floor(Math.log10(count));
  return [1, 2, 4, 6, 8, 10].map(factor => factor * magnitude).find(round => round >= count);
}

/** Stacks the labels of equal counts above the axis. */
function apart(labels) {
  const placed = new Map();
  let limit = HEIGHT - BOTTOM;
  for (const { name, at } of labels.sort((one, other) => other.at - one.at)) {
    limit = Math.min(at, limit);
    placed.set(name, limit);
    limit -= 14;
  }
  return placed;
}

function shape(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
