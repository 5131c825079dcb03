/** Seconds of each unit, the largest first. */
const units = [604_800, 86_400, 3600, 60, 1];

const short = /^(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9}(?:\.\d{1,3})?)s)?$/;
const iso = /^P(?!$)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?!$)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;
const calendar = /^P(\d+Y|\d+M)|^\d+(mo|months?|y|years?)$/;

/** The form of a duration, for messages. */
export const durationExamples = '90s, 10m, 36h, 14d or 1d12h';

/**
 * The ms that a text says: weeks, days, hours, minutes and seconds such as `36h` or `1d12h`, or as ISO 8601 has them,
 * such as `PT36H`. Undefined for any other text.
 */
export function durationOf(text: string): number | undefined {
  const found = text === '' ? null : (short.exec(text) ?? iso.exec(text));
  if (found === null) return undefined;
  const counts = found.slice(1).map((digits: string | undefined) => Number(digits ?? 0));
  return Math.round(units.reduce((sum, unit, index) => sum + unit * (counts[index] ?? 0), 0) * 1000);
}

/** Says why a text is no duration. */
export function noDuration(text: string): string {
  const shown = JSON.stringify(text.slice(0, 40));
  if (/^\d+$/.test(text)) return `${shown} lacks a unit: write ${durationExamples}`;
  if (calendar.test(text)) return `${shown}: months and years differ in length; write days, such as 30d`;
  return `${shown} is no duration: write ${durationExamples}`;
}
