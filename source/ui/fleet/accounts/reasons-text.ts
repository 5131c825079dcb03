/** Formats why accounts are left alone: `1 the management account, 2 SUSPENDED`. What could be typed against it is left out. */
export function reasonsText(whys: readonly string[]): string {
  return [...Map.groupBy(whys, (why) => why.split(';')[0] ?? why)]
    .map(([why, those]) => `${those.length} ${why}`)
    .join(', ');
}
