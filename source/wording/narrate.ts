import type {Event, Place, StepOutline} from '../engine/model/events.ts';
import type {Usage} from '../engine/model/usage.ts';
import {clockSpan, timeLeft, timeOfDay} from '../text/time.ts';
import type {NarratedEvent, Weight} from './narrated-event.ts';
import {operatorTold} from './narrate-operator.ts';
import {signs, type Sign} from './signs.ts';
import {faultText, faultWord, shortTarget} from './fault-text.ts';

/** Tells the events of a run with these steps, one after the other; it remembers which call is whose. */
export type Narrator = (event: Event, steps: readonly StepOutline[]) => readonly NarratedEvent[];

type CallStarted = Extract<Event, {type: 'call-started'}>;

export function createNarrator(): Narrator {
  const calls = new Map<number, CallStarted>();
  /** Difference that each planned change makes, by its target. */
  const details = new Map<string, string>();
  /** Targets whose change was answered. */
  const made = new Set<string>();

  return (event, steps) => {
    const outline = (id: string): StepOutline | undefined => steps.find((step) => step.id === id);
    const title = (id: string): string => outline(id)?.title ?? id;
    const told = (
      weight: Weight,
      sign: Sign,
      step: string,
      text: string,
      region?: string,
    ): NarratedEvent[] => [
      {at: event.at, weight, sign, step, text, ...(region === undefined ? {} : {region})},
    ];
    const operators = (): NarratedEvent[] => {
      const said = operatorTold(event, title);
      return said === undefined ? [] : told(said.weight, said.sign, said.step, said.text, said.region);
    };
    switch (event.type) {
      case 'run-started':
        return [
          ...told('fact', signs.active, '', `${event.runbook.title}, run ${event.run}`),
          ...event.notes.flatMap((note) => told('problem', signs.retry, '', note)),
        ];
      case 'step-started':
        // Checks end at once; only long work is worth a line when it starts.
        return event.region === undefined && outline(event.step)?.does === 'wait'
          ? told('detail', signs.active, event.step, title(event.step))
          : [];
      case 'step-skipped':
        // A Region that had nothing to do is no news; one whose failed step the operator skipped is.
        return event.region === undefined || event.by !== undefined
          ? told(
              'fact',
              signs.skipped,
              event.step,
              `${title(event.step)}: skipped, ${event.why}`,
              event.region,
            )
          : [];
      case 'call-started':
        calls.set(event.call, event);
        return [];
      case 'call-succeeded': {
        const call = calls.get(event.call);
        calls.delete(event.call);
        if (call?.effect === 'change') made.add(targetKey(call));
        if (call === undefined || (event.changed ?? []).length === 0) return [];
        const text = `${shortTarget(call.item)}: ${event.changed?.join(', ')} changed by another client meanwhile, and kept`;
        return told('problem', signs.retry, call.step, text, call.region);
      }
      case 'call-failed': {
        const call = calls.get(event.call);
        calls.delete(event.call);
        return call === undefined ? [] : callFailed(event, call, told);
      }
      case 'item-done': {
        if (outline(event.step)?.does !== 'change') return [];
        const target = shortTarget(event.item);
        const happened =
          event.happened === undefined ? undefined : 'had happened, though its answer was lost';
        const key = targetKey(event);
        // Another client's change is reported beside the run's, not in its place.
        const detail = event.note === undefined || made.has(key) ? details.get(key) : undefined;
        const said = [detail, event.note ?? happened].filter((part) => part !== undefined);
        const note = said.length === 0 ? 'accepted' : said.join('; ');
        const text = target === '' ? `${title(event.step)}: ${note}` : `${target}: ${note}`;
        const sign = event.notMade === true ? signs.skipped : signs.done;
        return told('fact', sign, event.step, text, event.region);
      }
      case 'item-failed': {
        const target = shortTarget(event.item);
        // A step with a single target fails with it, and says so itself.
        const failed =
          target === ''
            ? []
            : told(
                'problem',
                signs.trouble,
                event.step,
                `${target}: ${faultText(event.fault)}`,
                event.region,
              );
        const usage = (event.usage ?? []).flatMap((use) =>
          told('problem', signs.trouble, event.step, usageText(use), use.region),
        );
        return [...failed, ...usage];
      }
      case 'step-succeeded': {
        if (event.region !== undefined && (event.inUse ?? 0) === 0) return [];
        // Said already, by the answer or by the item.
        if (outline(event.step)?.does === 'confirm') return [];
        if (outline(event.step)?.does === 'change' && event.summary === undefined) return [];
        const weight = event.region === undefined ? 'fact' : 'detail';
        const sign = event.inUse === undefined || event.inUse === 0 ? signs.done : signs.active;
        const text =
          event.summary === undefined ? title(event.step) : `${title(event.step)}: ${event.summary}`;
        return told(weight, sign, event.step, text, event.region);
      }
      case 'step-failed':
        return told('problem', signs.trouble, event.step, faultText(event.fault), event.region);
      case 'went-back': {
        const text = wentBackText(event, title(event.to));
        return told('problem', signs.retry, event.step, text, event.region);
      }
      case 'region-found': {
        const text = `AWS names ${shortTarget(event.resource)} here: it is looked at in the next round`;
        return told('problem', signs.trouble, '', text, event.region);
      }
      case 'run-ended': {
        const good = event.status === 'done' || event.status === 'planned';
        return told('fact', good ? signs.done : signs.trouble, '', event.message);
      }
      case 'asked':
        for (const change of event.question.changes) {
          if (change.detail !== undefined)
            details.set(targetKey({...change, item: change.target}), change.detail);
        }
        return operators();
      default:
        return operators();
    }
  };
}

/** Names a target within a run. */
function targetKey({step, region, item}: Place & {readonly item: string}): string {
  return [step, region, item].join('\n');
}

/** A resource that is still in use, by the name that tells it apart and in full. */
function usageText({resource, reportedRegion}: Usage): string {
  const reported = reportedRegion === undefined ? '' : `, reported in ${reportedRegion}`;
  const name = shortTarget(resource);
  return name === resource ? `in use: ${resource}${reported}` : `in use: ${name} (${resource}${reported})`;
}

function callFailed(
  event: Extract<Event, {type: 'call-failed'}>,
  call: CallStarted,
  told: (weight: Weight, sign: Sign, step: string, text: string, region?: string) => NarratedEvent[],
): readonly NarratedEvent[] {
  const target = call.item === '' ? call.operation : shortTarget(call.item);
  if (event.retryAt !== undefined) {
    const tries = event.maxAttempts === undefined ? '' : ` of ${event.maxAttempts}`;
    const text = `${target}: ${faultWord(event.fault)}, try ${call.attempt + 1}${tries} in ${timeLeft(event.retryAt - event.at)}`;
    return told('detail', signs.retry, call.step, text, call.region);
  }
  if (event.nextPollAt !== undefined) {
    const text = `${target}: ${faultWord(event.fault)}, next look in ${clockSpan(event.nextPollAt - event.at)}`;
    return told('detail', signs.retry, call.step, text, call.region);
  }
  return [];
}

function wentBackText(event: Extract<Event, {type: 'went-back'}>, to: string): string {
  const at = `at ${timeOfDay(event.resumeAt)}`;
  const [when, held] =
    event.before === undefined ? [` ${at}`, ''] : ['', `; if nothing new is found, it goes on ${at}`];
  return `${faultText(event.fault)}; going back to “${to}”${when}, retry ${event.visit} of ${event.maxVisits}${held}`;
}
