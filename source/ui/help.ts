import {padEnd} from '../text/width.ts';
import {blank, span, type Line} from './line.ts';
import {bindings, type Focus} from './keys.ts';
import {signs} from './signs.ts';

const sections: readonly {readonly focus: Focus; readonly title: string}[] = [
  {focus: 'run', title: 'The run'},
  {focus: 'region', title: 'A Region, opened'},
  {focus: 'question', title: 'A decision'},
  {focus: 'result', title: 'When it has ended'},
  {focus: 'replay', title: 'A replay'},
];

const meanings = [
  [signs.done, 'done, clear'],
  [signs.active, 'under way'],
  [signs.todo, 'to come'],
  [signs.trouble, 'needs a look'],
  [signs.unknown, 'could not be looked at: never counts as clear'],
  [signs.skipped, 'skipped, or not enabled'],
] as const;

/** The help: every key from the one table, and what the signs mean. */
export function helpLines(): readonly Line[] {
  return [
    ...sections.flatMap(({focus, title}, index) => [
      ...(index === 0 ? [] : [blank]),
      [span(` ${title}`, 'title')],
      ...bindings
        .filter((binding) => binding.where.includes(focus))
        .map((binding): Line => [span(`   ${padEnd(binding.shown, 10)}`, 'accent'), span(binding.does)]),
    ]),
    blank,
    [span(' Signs', 'title')],
    ...meanings.map(([sign, text]): Line => [span(`   ${padEnd(sign.glyph, 10)}`, sign.tone), span(text)]),
  ];
}
