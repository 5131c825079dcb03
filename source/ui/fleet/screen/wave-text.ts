import type {RunQuestion} from '../../../engine/model/events.ts';
import {alike} from '../../../fleet/alike.ts';
import type {WaveQuestion} from '../../../fleet/events.ts';
import {oncePer} from '../../../engine/persistent/memoize.ts';
import {inPhase, type AccountState, type FleetState} from '../../../fleet/state.ts';
import {blank, span, type Line} from '../../../text/line.ts';
import {cutMiddle, wrap} from '../../../text/width.ts';
import {planLines, planTitle} from '../../../wording/decision/change-lines.ts';
import {count, shortCaller} from '../../../wording/fault-text.ts';
import {startText} from '../../../wording/gate-text.ts';
import {signs} from '../../../wording/signs.ts';
import {isProduction, moreNotableFirst, outliersAmong} from '../notable.ts';

/** A wave's question in the form that a reply is checked against. */
export function typedQuestion({wave, typeToConfirm}: WaveQuestion): RunQuestion {
  return {kind: 'type-text', step: '', message: `Wave ${wave}`, changes: [], typeToConfirm};
}

/** Formats the title of a wave: `WAVE 2: 12 accounts`. */
export function waveTitle({wave, accounts}: Pick<WaveQuestion, 'wave' | 'accounts'>): string {
  return `${wave === 1 ? 'CANARY' : `WAVE ${wave}`}: ${count(accounts.length, 'account')}`;
}

/** Formats the changes of a wave by operation: `12 × iam:DeleteServiceLinkedRole`. */
export function waveSums({changes}: WaveQuestion, columns: number): readonly Line[] {
  const sums = Object.entries(changes).toSorted(([, one], [, other]) => other - one);
  const texts = sums.map(([operation, times]) => `${times} × ${operation}`);
  return wrap(texts.join(' · '), columns - 2).map((text): Line => [span(` ${text}`, 'title')]);
}

/** The lines of a question as they were formatted last, and from what. */
const lastLines = oncePer(
  (_question: WaveQuestion): {state?: FleetState; columns?: number; lines: readonly Line[]} => ({lines: []}),
);

/**
 * Formats a wave's question in lines of at most `columns`: what is asked, production and outliers first, every change in
 * every account. Accounts with the very same changes share them. A key that is typed formats nothing again.
 */
export function waveLines(state: FleetState, question: WaveQuestion, columns: number): readonly Line[] {
  const last = lastLines(question);
  if (last.state !== state || last.columns !== columns) {
    Object.assign(last, {state, columns, lines: newLines(state, question, columns)});
  }
  return last.lines;
}

function newLines(state: FleetState, question: WaveQuestion, columns: number): readonly Line[] {
  const rows = question.accounts.flatMap((id) => state.accounts.get(id) ?? []).toSorted(moreNotableFirst);
  const production = rows.filter(isProduction);
  const rest = rows.filter((row) => !isProduction(row));
  const outlying = outliersAmong(rows);
  const outliers = rest.filter((row) => outlying.has(row));
  const others = rest.filter((row) => !outlying.has(row));
  const isParted = others.length < rows.length;
  const parts: readonly (readonly [string, readonly AccountState[]])[] = [
    [`PRODUCTION, ${count(production.length, 'account')}`, production],
    [`FAR MORE CHANGES THAN MOST, ${count(outliers.length, 'account')}`, outliers],
    [`OTHERS, ${count(others.length, 'account')}`, others],
  ];
  return [
    ...askLines(state, question, columns),
    ...parts.flatMap(([title, those]) =>
      those.length === 0
        ? []
        : [
            ...(those === others && !isParted ? [] : [[span(` ${title}`, 'quiet')]]),
            ...partLines(those, columns),
          ],
    ),
    blank,
    ...whoLines(state, question, columns),
  ];
}

function askLines(state: FleetState, question: WaveQuestion, columns: number): readonly Line[] {
  const {wave, accounts, grown} = question;
  const later = inPhase(state, 'ready').length;
  const what = wave === 1 ? ', the canary' : '';
  const asked = `Change ${count(accounts.length, 'account')} in wave ${wave}${what}?`;
  const facts = [
    ...(grown.length === 0
      ? []
      : [[signs.trouble, `changed since the first look: ${grown.join(', ')}`] as const]),
    ...(later === 0
      ? []
      : [
          [
            signs.nothing,
            `${count(later, 'account')} with changes ${later === 1 ? 'is' : 'are'} asked about later`,
          ] as const,
        ]),
  ];
  return [
    ...wrap(asked, columns - 2).map((text): Line => [span(` ${text}`, 'title')]),
    ...facts.flatMap(([sign, text]) =>
      wrap(text, columns - 4).map((part, row): Line => [
        span(row === 0 ? `  ${sign.glyph} ` : '    ', sign.tone),
        span(part),
      ]),
    ),
  ];
}

/** Accounts with the same changes, apart from their own ids, stand above one list of them. */
function partLines(rows: readonly AccountState[], columns: number): readonly Line[] {
  const groups = alike(rows, ({account, look}) => ({id: account.id, changes: look?.changes ?? []}));
  return groups.flatMap((those): readonly Line[] => {
    const [first] = those;
    const changes = first?.look?.changes ?? [];
    const each = those.length === 1 ? '' : ' each';
    return [
      ...those.map((row): Line => accountLine(row, columns)),
      [span(`   ${planTitle(changes)}${each}:`, 'quiet')],
      ...planLines({changes}, columns - 2).map((line): Line => [span('  '), ...line]),
    ];
  });
}

function accountLine({account, look}: AccountState, columns: number): Line {
  const {id, name, ou} = account;
  const rest = [id, ...(ou === undefined ? [] : [ou])].join('  ');
  return [
    span(` ${signs.active.glyph} `, signs.active.tone),
    span(name === undefined ? '' : `${cutMiddle(name, Math.max(8, columns - 30))}  `, 'title'),
    span(rest, name === undefined ? 'title' : 'quiet'),
    span(look?.unknown.length ? `  ? ${look.unknown.join(', ')}` : '', 'warning'),
  ];
}

/** The ticket, and when the changes may start: once for all accounts. */
function gateLines(state: FleetState, columns: number): readonly Line[] {
  const ticket = state.started?.gates?.ticket;
  const window = startText(state);
  const facts = [
    ...(ticket === undefined ? [] : [`ticket ${ticket}`]),
    ...(window === undefined ? [] : [`window ${window}`]),
  ];
  return facts.flatMap((fact) => wrap(fact, columns - 2).map((text): Line => [span(` ${text}`)]));
}

function whoLines(state: FleetState, {digest}: WaveQuestion, columns: number): readonly Line[] {
  const {base, role} = state.started ?? {};
  return [
    ...(base === undefined || role === undefined
      ? []
      : wrap(`as ${role}, by ${shortCaller(base)} of ${base.account}`, columns - 2).map((text): Line => [
          span(` ${text}`, 'quiet'),
        ])),
    ...gateLines(state, columns),
    [span(` consent ${cutMiddle(digest, Math.max(8, columns - 10))}`, 'quiet')],
  ];
}
