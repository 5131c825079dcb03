import type {Event, Place} from '../../engine/model/events.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {clockSpan} from '../../text/time.ts';
import {faultText, shortTarget} from '../../wording/fault-text.ts';

/** One thing on the chart. */
export interface Bar {
  /** Index of the lane: 0 is the account's, then the Regions in the run's order. */
  readonly lane: number;
  readonly kind: 'call' | 'change' | 'wait' | 'failure';
  /** Played ms. */
  readonly from: number;
  readonly to: number;
  /** Start time (ms since the epoch). */
  readonly at: number;
  readonly text: string;
}

/** Beyond this number, bars that a reader could not tell apart are joined with their neighbors. */
const manyBars = 4000;

type CallStarted = Extract<Event, {type: 'call-started'}>;
type CallEnded = Extract<Event, {type: 'call-succeeded' | 'call-failed'}>;

/** Returns a run's calls, waits and failures for a chart with one lane for the account and one a Region. */
export function barsOf(timeline: Timeline, regions: readonly string[]): readonly Bar[] {
  const lanes = new Map(regions.map((region, index) => [region, index + 1]));
  const laneOf = (region: string | undefined): number =>
    region === undefined ? 0 : (lanes.get(region) ?? 0);
  const bars: Bar[] = [];
  const calls = new Map<number, {readonly event: CallStarted; readonly from: number}>();
  /** Waits that have begun, by their target. */
  const waits = new Map<string, Omit<Bar, 'to'>>();
  /** Titles of the pauses, by step. */
  const pauses = new Map<string, string>();
  const begin = (key: string, bar: Omit<Bar, 'to' | 'kind'>): void =>
    void waits.set(key, {...bar, kind: 'wait'});
  const end = (key: string, to: number): void => {
    const wait = waits.get(key);
    if (wait !== undefined) bars.push({...wait, to});
    waits.delete(key);
  };

  timeline.events.forEach((event, index) => {
    const now = timeline.playedAt(index + 1);
    if (event.type !== 'went-back') end(detour, now);
    switch (event.type) {
      case 'call-started':
        end(keyOf(event), now);
        calls.set(event.call, {event, from: now});
        break;
      case 'call-succeeded':
      case 'call-failed': {
        const call = calls.get(event.call);
        calls.delete(event.call);
        if (call === undefined) break;
        const lane = laneOf(call.event.region);
        bars.push({
          lane,
          kind: kindOf(call.event, event),
          from: call.from,
          to: now,
          at: call.event.at,
          text: callText(call.event, event),
        });
        const due = 'retryAt' in event ? (event.retryAt ?? event.nextPollAt) : event.nextPollAt;
        if (due === undefined) break;
        const text = `waits ${clockSpan(due - event.at)} to ${event.nextPollAt === undefined ? 'try' : 'look'} again`;
        begin(keyOf(call.event), {lane, from: now, at: event.at, text});
        break;
      }
      case 'run-started':
        for (const {id, title, does} of event.steps) if (does === 'pause') pauses.set(id, title);
        break;
      case 'step-started': {
        const title = pauses.get(event.step);
        if (title === undefined || event.deadline === undefined) break;
        const text = `${title}: waits ${clockSpan(event.deadline - event.at)}`;
        begin(keyOf({...event, item: ''}), {lane: laneOf(event.region), from: now, at: event.at, text});
        break;
      }
      case 'item-done':
        end(keyOf(event), now);
        break;
      case 'step-failed':
      case 'item-failed': {
        const moment = {kind: 'failure', from: now, to: now, at: event.at} as const;
        bars.push({...moment, lane: laneOf(event.region), text: faultText(event.fault)});
        for (const {region, resource} of ('usage' in event ? event.usage : undefined) ?? []) {
          bars.push({...moment, lane: laneOf(region), text: `named as still in use: ${resource}`});
        }
        break;
      }
      case 'went-back': {
        const when = event.before === undefined ? `, in ${clockSpan(event.resumeAt - event.at)}` : '';
        const text = `goes back, attempt ${event.visit + 1}${when}: ${faultText(event.fault)}`;
        begin(detour, {lane: laneOf(event.region), from: now, at: event.at, text});
        break;
      }
      case 'asked':
        begin(question, {
          lane: 0,
          from: now,
          at: event.at,
          text: `waits for the operator: ${event.question.message}`,
        });
        break;
      case 'answered':
        end(question, now);
        break;
      default:
        break;
    }
  });
  for (const wait of waits.values()) bars.push({...wait, to: timeline.duration});
  return bars.length <= manyBars ? bars : joined(bars, timeline.duration / manyBars);
}

const detour = 'detour';
const question = 'question';

function keyOf({step, region, item}: Place & {readonly item: string}): string {
  return JSON.stringify([step, region, item]);
}

function kindOf(call: CallStarted, ended: CallEnded): Bar['kind'] {
  // An error that a wait was waiting for, or that counts as done, is no failure.
  if (ended.type === 'call-failed' && (ended.retryAt !== undefined || ended.held === true)) return 'failure';
  return call.effect === 'change' ? 'change' : 'call';
}

function callText(call: CallStarted, ended: CallEnded): string {
  const target = call.item === '' ? '' : ` ${shortTarget(call.item)}`;
  const page = call.page > 1 ? `, page ${call.page}` : '';
  const attempt = call.attempt > 1 ? `, try ${call.attempt}` : '';
  const answer = ended.type === 'call-failed' ? `: ${faultText(ended.fault)}` : '';
  return `${call.operation}${target}${page}${attempt}, ${ended.ms} ms${answer}`;
}

/** Joins bars of one kind in a lane that are less than `gap` played ms apart. */
function joined(bars: readonly Bar[], gap: number): readonly Bar[] {
  const last = new Map<string, number>();
  const counts: number[] = [];
  const result: Bar[] = [];
  for (const bar of bars) {
    const key = `${bar.lane} ${bar.kind}`;
    const index = last.get(key);
    const before = index === undefined ? undefined : result[index];
    if (
      index !== undefined &&
      before !== undefined &&
      bar.from - before.to < gap &&
      bar.to - before.from < 8 * gap
    ) {
      const more = (counts[index] ?? 1) + 1;
      counts[index] = more;
      const first = before.text.replace(/^\d+ together, the first: /, '');
      result[index] = {
        ...before,
        to: Math.max(before.to, bar.to),
        text: `${more} together, the first: ${first}`,
      };
    } else {
      last.set(key, result.length);
      counts[result.length] = 1;
      result.push(bar);
    }
  }
  return result;
}
