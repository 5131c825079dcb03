import {padEnd, wrap} from '../../text/width.ts';
import {blank, span, type Line} from '../../text/line.ts';
import type {HelpSection} from './key-table.ts';
import {signs} from '../../wording/signs.ts';

const meanings = [
  [signs.done, 'done, clear'],
  [signs.active, 'under way'],
  [signs.todo, 'to come'],
  [signs.trouble, 'needs a look'],
  [signs.unknown, 'could not be checked: never counts as clear'],
  [signs.nothing, 'checked, nothing there'],
  [signs.skipped, 'skipped, waived, or not enabled'],
  [signs.paused, 'paused'],
] as const;

/** The help in lines of at most `columns`: every key of these tables, and the signs. */
export function helpLines(sections: readonly HelpSection[], columns: number): readonly Line[] {
  return [
    ...sections.flatMap(({title, bindings}, index) => [
      ...(index === 0 ? [] : [blank]),
      [span(` ${title}`, 'title')],
      ...bindings.flatMap(({shown, help}) => keyLines(shown, help, columns)),
    ]),
    blank,
    [span(' Signs', 'title')],
    ...meanings.map(([sign, text]): Line => [span(`   ${padEnd(sign.glyph, 10)}`, sign.tone), span(text)]),
  ];
}

/** The sections that a replay's help has: without the keys that act on a run. */
export function withoutLiveKeys(sections: readonly HelpSection[]): readonly HelpSection[] {
  return sections.map(({title, bindings}) => ({title, bindings: bindings.filter(({live}) => live !== true)}));
}

const keyColumns = 10;

/** Formats a key and its action in as many lines as needed. */
function keyLines(shown: string, help: string, columns: number): readonly Line[] {
  return wrap(help, Math.max(20, columns - 3 - keyColumns)).map((text, index) => [
    span(`   ${padEnd(index === 0 ? shown : '', keyColumns)}`, 'accent'),
    span(text),
  ]);
}
