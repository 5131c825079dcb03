export interface Point {
  readonly size: number;
  readonly value: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** The power of the size with which the value grows: the slope of the line that fits best, both axes in logarithms. */
export function powerOf(points: readonly Point[]): number {
  const x = points.map(({size}) => Math.log(size));
  const y = points.map(({value}) => Math.log(value));
  const [meanX, meanY] = [mean(x), mean(y)];
  const above = x.reduce((sum, one, index) => sum + (one - meanX) * ((y[index] ?? 0) - meanY), 0);
  return above / x.reduce((sum, one) => sum + (one - meanX) ** 2, 0);
}
