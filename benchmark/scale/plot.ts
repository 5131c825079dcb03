import type {Point} from './power.ts';

export interface Series {
  readonly name: string;
  readonly color: string;
  readonly points: readonly Point[];
  readonly dashed?: boolean;
}

/** One picture of the two or more that stand side by side. */
export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
  /** A height that should not be passed, and its label. */
  readonly limit?: {readonly value: number; readonly name: string};
}

/** Pixels of a panel and of its margins. */
const [width, height, left, right, top, bottom] = [500, 440, 60, 40, 36, 48];
/** Pixels from one line of the legend to the next. */
const legendLine = 17;
const grey = '#666';

/** Draws panels side by side with logarithmic axes. Linear growth rises as steeply as the dotted lines. */
export function plotOf(panels: readonly Panel[]): string {
  const drawn = panels.map(
    (panel, index) => `<g transform="translate(${index * width} 0)">\n${panelOf(panel).join('\n')}\n</g>`,
  );
  const label = panels.map(({title}) => title).join('; ');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${panels.length * width} ${height}" ` +
    `width="${panels.length * width}" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${label}">\n` +
    `<rect width="100%" height="100%" fill="white"/>\n${drawn.join('\n')}\n</svg>\n`
  );
}

function panelOf({title, series, limit}: Panel): readonly string[] {
  const points = series.flatMap((one) => one.points);
  const sizes = points.map(({size}) => size);
  const values = [...points.map(({value}) => value), ...(limit === undefined ? [] : [limit.value])];
  const x = scaleOf(sizes, left, width - right);
  // The lowest decade is the legend's.
  const y = scaleOf([Math.min(...values) / 10, ...values], height - bottom, top);
  return [
    text([width / 2, 20], title, 'text-anchor="middle" font-weight="bold"'),
    ...axes(x, y),
    ...(limit === undefined ? [] : limitAt(y.at(limit.value), limit.name)),
    ...legend(series),
    ...series.flatMap((one) => curve(one, x, y)),
  ];
}

function axes(x: Scale, y: Scale): readonly string[] {
  const sizes = 'size: builds, lanes or events; dotted: what grows linearly';
  return [
    text([width / 2, height - 10], sizes, `text-anchor="middle" fill="${grey}"`),
    ...x.decades.flatMap((size) => [
      line([x.at(size), top], [x.at(size), height - bottom], 'stroke="#ddd"'),
      text([x.at(size), height - bottom + 16], shown(size), `text-anchor="middle" fill="${grey}"`),
    ]),
    ...y.decades.flatMap((value) => [
      line([left, y.at(value)], [width - right, y.at(value)], 'stroke="#ddd"'),
      text([left - 6, y.at(value) + 4], shown(value), `text-anchor="end" fill="${grey}"`),
      guide(x, y, value),
    ]),
  ];
}

function limitAt(y: number, name: string): readonly string[] {
  return [
    line([left, y], [width - right, y], 'stroke="#b00020" stroke-dasharray="8 4"'),
    text([left + 6, y - 5], name, 'fill="#b00020"'),
  ];
}

function legend(series: readonly Series[]): readonly string[] {
  const first = height - bottom - 8 - legendLine * series.length;
  const ground = `x="${left + 4}" y="${first}" width="${width - left - right - 8}" height="${legendLine * series.length}"`;
  return [
    `<rect ${ground} fill="white"/>`,
    ...series.flatMap((one, index) => {
      const y = first + legendLine * index + 8;
      return [
        line([left + 10, y], [left + 34, y], strokeOf(one)),
        text([left + 40, y + 4], one.name, `fill="${one.color}"`),
      ];
    }),
  ];
}

function curve(series: Series, x: Scale, y: Scale): readonly string[] {
  const places = series.points.map(({size, value}) => [x.at(size).toFixed(1), y.at(value).toFixed(1)]);
  return [
    `<polyline points="${places.map((place) => place.join()).join(' ')}" fill="none" ${strokeOf(series)}/>`,
    ...places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${series.color}"/>`),
  ];
}

function strokeOf({color, dashed}: Series): string {
  return `stroke="${color}" stroke-width="2"${dashed === true ? ' stroke-dasharray="5 4"' : ''}`;
}

interface Scale {
  /** Pixels. */
  at(value: number): number;
  /** The powers of ten from the first below to the first above all values. */
  readonly decades: readonly number[];
}

function scaleOf(values: readonly number[], from: number, to: number): Scale {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.ceil(Math.log10(Math.max(...values)));
  return {
    at: (value) => from + ((Math.log10(value) - first) / (last - first)) * (to - from),
    decades: Array.from({length: last - first + 1}, (_, index) => 10 ** (first + index)),
  };
}

/** Draws linear growth from a value at the left, up to the drawing's edge. */
function guide(x: Scale, y: Scale, from: number): string {
  const [least = 1, most = 1] = [x.decades[0], x.decades.at(-1)];
  const factor = Math.min(most / least, (y.decades.at(-1) ?? from) / from);
  return line(
    [x.at(least), y.at(from)],
    [x.at(least * factor), y.at(from * factor)],
    'stroke="#bbb" stroke-dasharray="1 4"',
  );
}

type Place = readonly [x: number, y: number];

function line(from: Place, to: Place, style: string): string {
  return `<line x1="${from[0].toFixed(1)}" y1="${from[1].toFixed(1)}" x2="${to[0].toFixed(1)}" y2="${to[1].toFixed(1)}" ${style}/>`;
}

function text([x, y]: Place, words: string, style: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${style}>${words}</text>`;
}

function shown(value: number): string {
  return value < 1 ? String(Number(value.toPrecision(1))) : Math.round(value).toLocaleString('en');
}
