import {oncePer} from '../engine/persistent/memoize.ts';
import type {RunState} from '../engine/model/state.ts';
import type {Unchecked} from './events.ts';

/** Regions that were left out of looks for one reason. */
export interface UncheckedGroup<Row> {
  /** Empty where only the Regions in `but` were checked. */
  readonly regions: readonly string[];
  readonly but: readonly string[];
  readonly why: string;
  /** The accounts. */
  readonly rows: readonly Row[];
  /** Each of the Regions was left out in some of the accounts only. */
  readonly inSome: boolean;
}

/** Returns the Regions that a look left out on purpose; undefined where it was made in every Region. */
export function uncheckedBy({started, lanes}: RunState): Unchecked | undefined {
  const leftOut = [...lanes].flatMap(({region, waived}) =>
    region !== undefined && waived?.unlooked === true ? [{region, by: ruleOf(waived.by)}] : [],
  );
  const disabled = started?.disabled ?? [];
  const only = started?.regionSource === 'named' ? started.regions : [];
  if (leftOut.length + disabled.length + only.length === 0) return undefined;
  return {
    ...(disabled.length === 0 ? {} : {disabled}),
    ...(leftOut.length === 0 ? {} : {leftOut}),
    ...(only.length === 0 ? {} : {only}),
  };
}

/** The file and the reason, without the account's session that goes by them: they are the same in every account. */
function ruleOf(by: string): string {
  const [, rule = by] = / with (.+)$/.exec(by) ?? [];
  return rule;
}

type Part = Pick<UncheckedGroup<unknown>, 'regions' | 'but' | 'why'> & {readonly key: string};

/** The Regions that a look left out, by reason. */
const partsOf = oncePer(({disabled = [], leftOut = [], only = []}: Unchecked): readonly Part[] => {
  const out = [...Map.groupBy(leftOut, ({by}) => by)].map(([by, those]) =>
    partOf(`left out by ${by}`, {regions: those.map(({region}) => region)}),
  );
  return [
    ...(disabled.length === 0 ? [] : [partOf(disabledWhy, {regions: disabled})]),
    ...out,
    ...(only.length === 0 ? [] : [partOf('not named', {but: only})]),
  ];
});

/** Why a disabled Region is not nothing. */
export const disabledWhy = 'disabled for the account; it keeps its resources';

function partOf(why: string, {regions = [], but = []}: Partial<Pick<Part, 'regions' | 'but'>>): Part {
  return {regions, but, why, key: JSON.stringify([why, regions, but])};
}

/** More lists than this for one reason are joined to one. */
const mostLists = 3;

/** Groups the Regions that looks left out: by reason, and by the accounts that have them in common. */
export function uncheckedGroups<Row>(
  rows: readonly Row[],
  of: (row: Row) => Unchecked | undefined,
): readonly UncheckedGroup<Row>[] {
  const groups = new Map<string, Part & {readonly rows: Row[]}>();
  for (const row of rows) {
    const unchecked = of(row);
    for (const part of unchecked === undefined ? [] : partsOf(unchecked)) {
      const group = groups.get(part.key) ?? {...part, rows: []};
      group.rows.push(row);
      groups.set(part.key, group);
    }
  }
  return [...Map.groupBy(groups.values(), ({why}) => why).values()].flatMap((lists) =>
    lists.length > mostLists ? [joined(lists)] : lists.map(asGroup),
  );
}

function asGroup<Row>({regions, but, why, rows}: Part & {readonly rows: Row[]}): UncheckedGroup<Row> {
  return {regions, but, why, rows, inSome: false};
}

function joined<Row>(lists: readonly (Part & {readonly rows: Row[]})[]): UncheckedGroup<Row> {
  const all = (of: (list: Part) => readonly string[]): readonly string[] =>
    [...new Set(lists.flatMap(of))].sort();
  return {
    regions: all(({regions}) => regions),
    but: all(({but}) => but),
    why: lists[0]?.why ?? '',
    rows: [...new Set(lists.flatMap(({rows}) => rows))],
    inSome: true,
  };
}

/** Formats where a look was not made: `af-south-1, ap-east-1 and 11 more`; with at most `most` names. */
export function uncheckedWhere(
  {regions, but}: Pick<UncheckedGroup<unknown>, 'regions' | 'but'>,
  most = Infinity,
): string {
  return but.length > 0 ? `all but ${named(but, most)}` : named(regions, most);
}

function named(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}

/** Formats the accounts of a group: `in 57 accounts`. */
export function uncheckedIn({rows, inSome}: Pick<UncheckedGroup<unknown>, 'rows' | 'inSome'>): string {
  const accounts = `${rows.length} ${rows.length === 1 ? 'account' : 'accounts'}`;
  return inSome ? `in some of ${accounts}` : `in ${accounts}`;
}
