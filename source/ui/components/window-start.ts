/** The first of `size` visible rows out of `length`: `top` unless the chosen row would be out of sight. */
export function windowStart(length: number, size: number, top: number, chosen: number): number {
  const seen = chosen < 0 ? top : Math.min(chosen, Math.max(top, chosen - size + 1));
  return Math.max(0, Math.min(seen, length - size));
}
