/** A calendar, or a part of it, is not understood. The message says where and why. */
export class NoCalendar extends Error {
  override readonly name = 'NoCalendar';

  constructor(line: number, why: string) {
    super(`line ${line}: ${why}`);
  }
}

/** A property of a calendar, as it is written. */
export interface Property {
  /** In capitals. */
  readonly name: string;
  readonly value: string;
  /** Its first line in the file. */
  readonly line: number;
  /** Returns a parameter, whose name is in capitals. Throws {@link NoCalendar} where they cannot be read. */
  parameter(name: string): string | undefined;
}

/** A component, such as VEVENT. */
export interface Component {
  /** In capitals. */
  readonly name: string;
  readonly line: number;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
}

interface Draft extends Component {
  readonly properties: Property[];
  readonly components: Draft[];
}

const parameters = /^(?:;[\w-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*:/;

/** Returns the outermost components of an iCalendar file (RFC 5545). Throws {@link NoCalendar}. */
export function componentsOf(text: string): readonly Component[] {
  const roots: Draft[] = [];
  const open: Draft[] = [];
  for (const {text: written, line} of unfolded(text)) {
    const [, name = '', rest = ''] = /^([\w-]+)([;:][^]*)$/.exec(written) ?? [];
    if (name === '') throw new NoCalendar(line, 'this is no line of an iCalendar file');
    const property = propertyOf(name.toUpperCase(), rest, line);
    const inside = open.at(-1);
    if (property.name === 'BEGIN') {
      const begun = {name: property.value.trim().toUpperCase(), line, properties: [], components: []};
      (inside?.components ?? roots).push(begun);
      open.push(begun);
    } else if (inside === undefined) {
      throw new NoCalendar(line, 'an iCalendar file begins with BEGIN:VCALENDAR');
    } else if (property.name === 'END') {
      if (property.value.trim().toUpperCase() !== inside.name)
        throw new NoCalendar(line, `${inside.name} of line ${inside.line} has to end first`);
      open.pop();
    } else {
      inside.properties.push(property);
    }
  }
  const [cut] = open;
  if (cut !== undefined) throw new NoCalendar(cut.line, `${cut.name} has no end: is the file whole?`);
  return roots;
}

function propertyOf(name: string, rest: string, line: number): Property {
  const [written] = parameters.exec(rest) ?? [];
  const value = rest.slice(written?.length ?? rest.indexOf(':') + 1);
  return {
    name,
    value,
    line,
    parameter(wanted) {
      if (written === undefined) throw new NoCalendar(line, `the parameters of ${name} cannot be read`);
      for (const [, key = '', text = ''] of written.matchAll(/;([\w-]+)=("[^"]*"|[^";:]*)/g))
        if (key.toUpperCase() === wanted) return text.replaceAll('"', '');
      return undefined;
    },
  };
}

/** The lines, with those that go on behind the one that they continue. */
function unfolded(text: string): readonly {readonly text: string; readonly line: number}[] {
  const found: {text: string; line: number}[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const last = found.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) last.text += line.slice(1);
    else if (line !== '') found.push({text: line, line: index + 1});
  }
  return found;
}

/** Returns a property that a component may have once. Throws {@link NoCalendar} for more of them. */
export function oneOf({properties}: Component, name: string): Property | undefined {
  const [first, second] = properties.filter((property) => property.name === name);
  if (second !== undefined) throw new NoCalendar(second.line, `one ${name} is understood, not more`);
  return first;
}
