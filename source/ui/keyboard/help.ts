import {padEnd, wrap} from '../../text/width.ts';
import {blank, span, type Line} from '../../text/line.ts';
import {bindings, type Binding, type Focus} from './bindings.ts';
import {signs} from '../../wording/signs.ts';

interface Section {
  readonly focus: Focus;
  readonly title: string;
}

const sections: readonly Section[] = [
  {focus: 'run', title: 'The run'},
  {focus: 'filter', title: 'A filter, being typed'},
  {focus: 'region', title: 'A Region, opened'},
  {focus: 'question', title: 'A decision'},
  {focus: 'result', title: 'When it has ended'},
];

const replaySections: readonly Section[] = [
  {focus: 'replay', title: 'The replay'},
  ...sections.filter(({focus}) => focus !== 'question'),
];

const homeSections: readonly Section[] = [{focus: 'home', title: 'Home'}];

const meanings = [
  [signs.done, 'done, clear'],
  [signs.active, 'under way'],
  [signs.todo, 'to come'],
  [signs.trouble, 'needs a look'],
  [signs.unknown, 'could not be looked at: never counts as clear'],
  [signs.nothing, 'looked at, nothing there'],
  [signs.skipped, 'skipped, waived, or not enabled'],
  [signs.paused, 'paused'],
] as const;

/** Whether a key of the run's own has a use in a replay: it looks, and neither steers nor leaves. */
function looks({action, needs, where}: Binding): boolean {
  return where.includes('replay') || (needs === undefined && action !== 'leave' && action !== 'suspend');
}

/** The help in lines of at most `columns`: every key from the one table that has a use there, and the signs. */
export function helpLines(place: 'home' | 'run' | 'replay', columns: number): readonly Line[] {
  const replayed = place === 'replay';
  const own = {home: homeSections, run: sections, replay: replaySections}[place];
  return [
    ...own.flatMap(({focus, title}, index) => [
      ...(index === 0 ? [] : [blank]),
      [span(` ${title}`, 'title')],
      ...bindings
        .filter((binding) => binding.where.includes(focus) && (!replayed || looks(binding)))
        .flatMap(({shown, does}) => keyLines(shown, does, columns)),
    ]),
    blank,
    [span(' Signs', 'title')],
    ...meanings.map(([sign, text]): Line => [span(`   ${padEnd(sign.glyph, 10)}`, sign.tone), span(text)]),
  ];
}

const keyColumns = 10;

/** A key and what it does, in as many lines as that takes. */
function keyLines(shown: string, does: string, columns: number): readonly Line[] {
  return wrap(does, Math.max(20, columns - 3 - keyColumns)).map((text, index) => [
    span(`   ${padEnd(index === 0 ? shown : '', keyColumns)}`, 'accent'),
    span(text),
  ]);
}
