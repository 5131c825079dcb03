/** A path of an expression that ends at a place. */
export interface PathAt {
  /** What comes before the last name: `steps.roles.output`. Empty where the path is one name. */
  readonly owner: string;
  /** The list whose items the path is worked out on, where it stands in a filter: `steps.roles.output` of `[?Ro`. */
  readonly within: readonly string[];
  /** The last name, as far as it is written. */
  readonly name: string;
  /** The offset of the last name. */
  readonly start: number;
}

const names = /(?:[$@]?[A-Za-z_][A-Za-z0-9_]*|[$@])(?:\[[^\]?]*\]|\.[A-Za-z0-9_]*|\[\])*$/;

/** Returns the path that ends at an offset, where that is in an expression; undefined elsewhere. */
export function pathAt(text: string, offset: number): PathAt | undefined {
  const open = text.lastIndexOf('${{', offset - 1);
  if (open < 0) return undefined;
  const before = text.slice(open + 3, offset);
  if (before.includes('}}') || isInText(before)) return undefined;
  const whole = names.exec(before)?.[0] ?? '';
  const name = /[A-Za-z0-9_$@]*$/.exec(whole)?.[0] ?? '';
  const owner = whole.slice(0, whole.length - name.length).replace(/\.$/, '');
  return {
    owner,
    within: filtersIn(before.slice(0, before.length - whole.length)),
    name,
    start: offset - name.length,
  };
}

/** A text or a literal is open at the end of a part of an expression. */
function isInText(before: string): boolean {
  return (before.match(/'/g) ?? []).length % 2 === 1 || (before.match(/`/g) ?? []).length % 2 === 1;
}

/** The paths of the lists whose filters are open at the end, the outermost first. */
function filtersIn(before: string): readonly string[] {
  const open: string[] = [];
  for (const [at, character] of [...before].entries()) {
    if (character === '[')
      open.push(before[at + 1] === '?' ? (names.exec(before.slice(0, at))?.[0] ?? '') : '-');
    if (character === ']') open.pop();
  }
  return open.filter((path) => path !== '-');
}

/** Returns the whole path that an offset is in, and where it ends. */
export function pathAround(text: string, offset: number): PathAt | undefined {
  const rest = /^[A-Za-z0-9_]*/.exec(text.slice(offset))?.[0] ?? '';
  return pathAt(text, offset + rest.length);
}
