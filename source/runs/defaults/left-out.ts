import type {LeftOut} from '../order.ts';

/** Returns why a Region is left out; undefined when no rule is about it. */
export function reasonToLeaveOut(region: string, leftOut: LeftOut | undefined): string | undefined {
  return leftOut?.rules.find((rule) => matches(region, rule.region))?.reason;
}

/** Returns true if the pattern, in which `*` stands for any characters, is the whole name. */
function matches(region: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return region === pattern;
  const last = rest.at(-1) ?? '';
  if (!region.startsWith(first) || !region.endsWith(last) || region.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = region.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= region.length - last.length;
}
