export interface Series {
  readonly title: string;
  readonly points: readonly {readonly size: number; readonly value: number}[];
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** The power of the size with which the value grows: the slope of the line that fits best, both axes in logarithms. */
export function exponentOf(points: Series['points']): number {
  const x = points.map(({size}) => Math.log(size));
  const y = points.map(({value}) => Math.log(value));
  const [meanX, meanY] = [mean(x), mean(y)];
  const above = x.reduce((sum, one, index) => sum + (one - meanX) * ((y[index] ?? 0) - meanY), 0);
  return above / x.reduce((sum, one) => sum + (one - meanX) ** 2, 0);
}

const [width, height, margin] = [640, 360, 48];
const colours = ['#1b6ca8', '#7fb3d5', '#b8560f', '#e5a36f', '#2e7d32', '#94c796'];

/** A small picture of it, both axes in logarithms: what grows linearly rises as steeply as the dotted lines. */
export function plotOf(series: readonly Series[]): string {
  const all = series.flatMap(({points}) => points);
  const [minX, maxX] = [0, Math.log10(Math.max(...all.map(({size}) => size)))];
  const minY = Math.floor(Math.log10(Math.min(...all.map(({value}) => value))));
  const maxY = Math.ceil(Math.log10(Math.max(...all.map(({value}) => value))));
  const x = (size: number): number =>
    margin + ((Math.log10(size) - minX) / (maxX - minX)) * (width - 2 * margin);
  const y = (value: number): number =>
    height - margin - ((Math.log10(value) - minY) / (maxY - minY)) * (height - 2 * margin);
  const lines = series.map(({points, title}, index) => {
    const path = points.map(({size, value}) => `${x(size).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    const colour = colours[index % colours.length];
    return (
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>` +
      `<text x="${margin + 8}" y="${margin + 14 * index}" fill="${colour}">${title}</text>`
    );
  });
  const decades = Array.from({length: Math.round(maxX) + 1}, (_, power) => power).map(
    (power) =>
      `<text x="${x(10 ** power)}" y="${height - margin + 16}" text-anchor="middle">10^${power}</text>`,
  );
  const heights = Array.from({length: maxY - minY + 1}, (_, step) => minY + step).map(
    (power) => `<text x="${margin - 6}" y="${y(10 ** power)}" text-anchor="end">10^${power}</text>`,
  );
  const guides = [minY, minY + 2, minY + 4].map(
    (from) =>
      `<line x1="${x(1)}" y1="${y(10 ** from)}" x2="${x(10 ** (maxY - from))}" y2="${y(10 ** maxY)}" stroke="#bbb" stroke-dasharray="2 4"/>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">` +
    `<rect width="100%" height="100%" fill="white"/>\n${[...guides, ...decades, ...heights, ...lines].join('\n')}\n</svg>\n`
  );
}
