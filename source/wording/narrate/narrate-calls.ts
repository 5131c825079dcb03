import {defined} from '../../data/defined.ts';
import type {Event, Place} from '../../engine/model/events.ts';
import type {Usage} from '../../engine/model/usage.ts';
import {clockSpan, timeLeft} from '../../text/time.ts';
import type {Remembered, Sentence, Sentences} from './narrated-event.ts';
import {signs} from '../signs.ts';
import {faultText, faultWord, shortTarget} from '../fault-text.ts';

type CallStarted = Extract<Event, {type: 'call-started'}>;

/** Calls, and what came of the items that they are about, in words. */
export const callSentences = {
  'call-started'(event, {calls}) {
    calls.set(event.call, event);
    return [];
  },
  'call-succeeded'({call: id, changed = []}, {calls, made}) {
    const call = taken(calls, id);
    if (call?.effect === 'change') made.add(targetKey(call));
    if (call === undefined || changed.length === 0) return [];
    const text = `${shortTarget(call.item)}: ${changed.join(', ')} changed by another client meanwhile, and kept`;
    return {...placeOf(call), weight: 'problem', sign: signs.retry, text};
  },
  'call-failed'(event, {calls}) {
    const call = taken(calls, event.call);
    return call === undefined ? [] : retrySentence(event, call);
  },
  'item-done'(event, {outline, title, details, made}) {
    const step = outline(event.step);
    if (step?.does !== 'change') return [];
    const target = shortTarget(event.item);
    const happened = event.happened === undefined ? undefined : 'had happened, though its answer was lost';
    const key = targetKey(event);
    // Another client's change is reported beside the run's, not in its place.
    // What AWS makes later is not made yet: its request alone was accepted.
    const isMade = step.outcome === undefined && (event.note === undefined || made.has(key));
    const detail = isMade ? details.get(key) : undefined;
    const said = [detail, event.note ?? happened].filter((part) => part !== undefined);
    const note = said.length === 0 ? 'accepted' : said.join('; ');
    const text = `${target === '' ? title(event.step) : target}: ${note}`;
    const sign = event.notMade === true ? signs.skipped : signs.done;
    return {...placeOf(event), weight: 'fact', sign, text, change: true};
  },
  'item-failed'(event) {
    const target = shortTarget(event.item);
    const failed: Sentence = {
      ...placeOf(event),
      weight: 'problem',
      sign: signs.trouble,
      text: `${target}: ${faultText(event.fault)}`,
    };
    const usage = (event.usage ?? []).map((use): Sentence => ({
      step: event.step,
      region: use.region,
      weight: 'problem',
      sign: signs.trouble,
      text: usageText(use),
    }));
    // A step with a single target fails with it, and says so itself.
    return target === '' ? usage : [failed, ...usage];
  },
} satisfies Sentences;

function placeOf({step, region}: Place): Pick<Sentence, 'step' | 'region'> {
  return defined({step, region});
}

function taken(calls: Remembered['calls'], id: number): CallStarted | undefined {
  const call = calls.get(id);
  calls.delete(id);
  return call;
}

/** Names a target within a run. */
export function targetKey({step, region, item}: Place & {readonly item: string}): string {
  return [step, region, item].join('\n');
}

function retrySentence(
  event: Extract<Event, {type: 'call-failed'}>,
  call: CallStarted,
): readonly Sentence[] | Sentence {
  const {fault, at, retryAt, nextPollAt, maxAttempts} = event;
  const about = {...placeOf(call), weight: 'detail', sign: signs.retry} as const;
  const failed = `${call.item === '' ? call.operation : shortTarget(call.item)}: ${faultWord(fault)}`;
  if (retryAt !== undefined) {
    const tries = maxAttempts === undefined ? '' : ` of ${maxAttempts}`;
    return {...about, text: `${failed}, try ${call.attempt + 1}${tries} in ${timeLeft(retryAt - at)}`};
  }
  if (nextPollAt === undefined) return [];
  return {...about, text: `${failed}, next check in ${clockSpan(nextPollAt - at)}`};
}

/** A resource that is still in use, by the name that tells it apart and in full. */
function usageText({resource, reportedRegion}: Usage): string {
  const reported = reportedRegion === undefined ? '' : `, reported in ${reportedRegion}`;
  const name = shortTarget(resource);
  return name === resource ? `in use: ${resource}${reported}` : `in use: ${name} (${resource}${reported})`;
}
