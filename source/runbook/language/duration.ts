import {z} from 'zod';
import {expression} from './vocabulary.ts';

const units: Readonly<Record<string, number>> = {s: 1, m: 60, h: 3600, d: 86_400};
const written = /^(\d+(?:\.\d+)?)([smhd])$/;

/** The seconds of a time such as `30s`, `10m`, `2h` or `1d`; undefined when a text is none. */
export function secondsIn(text: string): number | undefined {
  const [, amount, unit = ''] = written.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (units[unit] ?? 1);
}

/** Most seconds that a runbook waits: a week. */
const longest = 604_800;

/** A time to wait, as a runbook has it. */
export const duration = z.union([
  z.number().min(0).max(longest),
  z.string().refine(isTime, 'write seconds, a time such as 30s, 10m or 2h (a week at most), or one ${{ … }}'),
]);

function isTime(text: string): boolean {
  return (secondsIn(text) ?? Infinity) <= longest || expression.safeParse(text).success;
}
