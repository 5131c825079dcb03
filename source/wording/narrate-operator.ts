import type {Event} from '../engine/model/events.ts';
import type {Weight} from './narrated-event.ts';
import {signs, type Sign} from './signs.ts';
import {count, faultText} from './fault-text.ts';

/** A question to the operator or an action of theirs, in words. `step` is empty when it concerns the run. */
interface OperatorTold {
  readonly weight: Weight;
  readonly sign: Sign;
  readonly step: string;
  readonly text: string;
  readonly region?: string;
}

/** Tells the events that are about the operator; undefined for any other. */
export function operatorTold(event: Event, title: (step: string) => string): OperatorTold | undefined {
  switch (event.type) {
    case 'asked': {
      const {step, changes} = event.question;
      const about = changes.length === 0 ? '' : ` on ${count(changes.length, 'change')}`;
      return {weight: 'detail', sign: signs.active, step, text: `asked for a decision${about}`};
    }
    case 'answered':
      return {step: event.step, ...answerTold(event)};
    case 'interrupted':
      return {weight: 'problem', sign: signs.retry, step: '', text: `interrupted by ${event.signal}`};
    case 'resumed': {
      const {by, lookAgainFrom} = event;
      const again = lookAgainFrom === undefined ? '' : `, looking again from “${title(lookAgainFrom)}”`;
      return {weight: 'fact', sign: signs.active, step: '', text: `resumed by ${by}${again}`};
    }
    case 'paused': {
      const why = event.fault === undefined ? '' : `: ${faultText(event.fault)}`;
      const wait =
        event.fault?.renewable === false
          ? 'paused: the keys are those of the environment and cannot change; stop, export new ones and resume'
          : 'paused until credentials are renewed';
      const text = event.why === 'operator' ? 'paused by the operator' : `${wait}${why}`;
      return {weight: 'problem', sign: signs.paused, step: '', text};
    }
    case 'continued':
      return {weight: 'fact', sign: signs.active, step: '', text: `goes on (${event.by})`};
    case 'retried':
      return {
        ...place(event),
        weight: 'fact',
        sign: signs.active,
        step: '',
        text: `tried again (${event.by})`,
      };
    case 'waived': {
      const text = `waived (${event.by}): the run goes on without knowing it`;
      // One line for each Region that was never to be looked at would be no news: a note says how many.
      const weight = event.unlooked === true ? 'detail' : 'problem';
      return {...place(event), weight, sign: signs.unknown, step: '', text};
    }
    default:
      return undefined;
  }
}

function place({region}: {readonly region?: string}): {readonly region?: string} {
  return region === undefined ? {} : {region};
}

function answerTold({
  accepted,
  by,
  missing,
}: Extract<Event, {type: 'answered'}>): Pick<OperatorTold, 'weight' | 'sign' | 'text'> {
  if (accepted) return {weight: 'fact', sign: signs.done, text: `confirmed (${by})`};
  if (missing === undefined) return {weight: 'fact', sign: signs.trouble, text: `declined (${by})`};
  return {weight: 'problem', sign: signs.trouble, text: `nobody to ask here; answer it with ${missing}`};
}
