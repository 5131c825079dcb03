const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,9})?)?(?:Z|[+-]([01]\d|2[0-3]):?[0-5]\d))?$/;

/**
 * The time that a text is, in ms since the epoch: ISO 8601, a date alone or with a time and its offset. Undefined for
 * any other text. A time without an offset is none: it would mean another moment on each host.
 */
export function timeOf(text: string): number | undefined {
  const [, year, month, day] = form.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  // Of 30 February another day is made, silently.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** Says why a text is no time. */
export function noTime(text: string): string {
  const shown = JSON.stringify(text.slice(0, 40));
  const lacksOffset = timeOf(`${text}Z`) !== undefined;
  return lacksOffset
    ? `${shown} lacks its offset from UTC: write Z for UTC, or such as +02:00, behind it`
    : `${shown} is no time: write such as 2026-12-01T09:00:00Z`;
}
