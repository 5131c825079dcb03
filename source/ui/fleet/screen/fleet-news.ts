import type {Closed} from '../../../engine/queries/change-window.ts';
import {countsOf, endWord} from '../../../fleet/fleet-end.ts';
import {hasFailed, inPhase, onlyLooks, type AccountState, type FleetState} from '../../../fleet/state.ts';
import {span, type Line} from '../../../text/line.ts';
import {clockSpan} from '../../../text/time.ts';
import {wrap} from '../../../text/width.ts';
import {capital} from '../../../text/capital.ts';
import {count} from '../../../wording/fault-text.ts';
import {opensText, windowsText} from '../../../wording/gate-text.ts';
import {signs, type Sign} from '../../../wording/signs.ts';
import {waitingForYou, type Beside} from '../accounts/account-item.ts';
import type {FleetClosing} from '../fleet-view.ts';

/** What a fleet waits for, in a sentence. */
interface News {
  readonly sign: Sign;
  readonly text: string;
}

/** What the sentences depend on besides the fleet's own state. */
type NewsBeside = Pick<Beside, 'runs' | 'asking' | 'now'>;

/** Formats what the fleet waits for; once it has ended, what became of its accounts and the next command. */
export function newsLines(
  state: FleetState,
  {
    closing,
    ...beside
  }: NewsBeside & {
    readonly closing?: FleetClosing | undefined;
  },
  columns: number,
): readonly Line[] {
  if (state.ended !== undefined) return endLines(state, closing, columns);
  const {sign, text} = newsOf(state, beside);
  return signed(sign, text, columns);
}

function signed(sign: Sign, text: string, columns: number): readonly Line[] {
  return wrap(text, columns - 4).map((part, row): Line => [
    span(row === 0 ? ` ${sign.glyph} ` : '   ', sign.tone),
    span(part),
  ]);
}

/** Returns what a fleet waits for, the need for an operator first. */
export function newsOf(state: FleetState, beside: NewsBeside): News {
  const {now} = beside;
  const {started, interrupted, paused, held, stopped, waves} = state;
  if (started === undefined) return {sign: signs.active, text: 'Starting'};
  const going = inPhase(state, 'going', 'looking').length;
  if (interrupted !== undefined)
    return {sign: signs.retry, text: `Stopping: calls under way in ${count(going, 'account')} finish`};
  const {asking, standing} = waitingForYou(state, beside);
  if (asking.length > 0)
    return {
      sign: signs.trouble,
      text: `${count(asking.length, 'account')} ${asking.length === 1 ? 'asks' : 'ask'} about more than the wave agreed to: d opens the question`,
    };
  if (standing.length > 0)
    return {
      sign: signs.trouble,
      text: `${count(standing.length, 'account')} cannot go on without you: d opens ${standing.length === 1 ? 'it' : 'the first'}`,
    };
  if (paused !== undefined)
    return {
      sign: signs.paused,
      text: `Paused: the keys that enter the accounts have ended: ${paused}. It goes on once there are others`,
    };
  if (stopped !== undefined)
    return {sign: signs.trouble, text: `Stopped: ${stopped}. Accounts under way finish, no other is changed`};
  if (held !== undefined) return {sign: signs.paused, text: heldText(state, held)};
  const left = inPhase(state, 'unlooked', 'looking').length;
  if (left > 0)
    return {
      sign: signs.active,
      text: `Looking everywhere: ${count(left, 'account')} to go. Nothing is changed${onlyLooks(state) ? '' : ' before all are seen'}`,
    };
  const open = waves.find(({endedAt}) => endedAt === undefined);
  const name = open === undefined ? '' : open.wave === 1 ? 'Canary' : `Wave ${open.wave}`;
  if (open?.answer === undefined && open !== undefined)
    return {sign: signs.trouble, text: `${name} waits for your decision`};
  if (state.closed !== undefined && open !== undefined)
    return {sign: signs.paused, text: closedText(state, state.closed, now, going)};
  if (open !== undefined) {
    const rows = open.accounts.flatMap((id) => state.accounts.get(id) ?? []);
    const over = rows.filter(({phase}) => phase === 'ended');
    const failed = over.filter(hasFailed).length;
    const bad = failed === 0 ? '' : `, ${failed} failed`;
    return {
      sign: signs.active,
      text: `${name}: ${over.length - failed} of ${rows.length} done${bad}, ${going} under way`,
    };
  }
  const last = waves.at(-1)?.endedAt;
  const next = last === undefined ? now : last + started.limits.soakSeconds * 1000;
  if (next > now && inPhase(state, 'ready').length > 0)
    return {sign: signs.paused, text: `The next wave is asked about in ${clockSpan(next - now)}`};
  return {sign: signs.active, text: 'Working'};
}

/** An operator paused the fleet: what is under way all the same, and the key that goes on. */
function heldText(state: FleetState, by: string): string {
  const under = inPhase(state, 'looking').length + inPhase(state, 'going').filter(isUnderWay).length;
  const rest =
    under === 0
      ? 'Nothing is under way'
      : `${count(under, 'account')} under way ${under === 1 ? 'goes' : 'go'} on to the end`;
  return `Paused by ${by}: no account is begun or changed for the first time. ${rest}. p goes on`;
}

/** An account that was let change something, or whose run has asked nothing yet. */
function isUnderWay({touched, question}: AccountState): boolean {
  return touched === true || question === undefined;
}

/** No account is begun before the window opens; those that were begun keep to it by themselves. */
function closedText(state: FleetState, closed: Closed, now: number, going: number): string {
  const rest = going === 0 ? '' : `; ${count(going, 'account')} under way`;
  return `Waiting for the change window, ${windowsText(state) ?? ''}: ${opensText(closed, now)}${rest}`;
}

const endSigns = {
  done: signs.done,
  planned: signs.done,
  failed: signs.trouble,
  blocked: signs.unknown,
  declined: signs.skipped,
  'needs-operator': signs.trouble,
} as const;

function endLines(state: FleetState, closing: FleetClosing | undefined, columns: number): readonly Line[] {
  const {ended, started} = state;
  if (ended === undefined) return [];
  const counts = countsOf([...state.accounts.values()]).map(([what, number]) => `${number} ${what}`);
  const skipped = started?.skipped.length ?? 0;
  const made = [...state.accounts.values()].reduce((sum, {end}) => sum + (end?.made ?? 0), 0);
  const facts = [...counts, ...(skipped === 0 ? [] : [`${skipped} left alone`])].join(' · ');
  const verdict = `${capital(endWord(ended.status))}: ${made === 0 ? 'nothing was changed' : `${count(made, 'change')} made`}`;
  const sign = endSigns[ended.status];
  return [
    [span(` ${sign.glyph} `, sign.tone), span(verdict, 'title')],
    ...wrap(facts, columns - 4).map((text): Line => [span(`   ${text}`)]),
    ...(closing?.next === undefined
      ? []
      : wrap(closing.next, columns - 9).map((text, row): Line => [
          span(row === 0 ? '   Next  ' : '         ', 'quiet'),
          span(text),
        ])),
  ];
}
