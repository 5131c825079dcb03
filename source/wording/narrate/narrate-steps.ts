import {defined} from '../../data/defined.ts';
import type {Event} from '../../engine/model/events.ts';
import {moment, timeOfDay} from '../../text/time.ts';
import type {Sentences} from './narrated-event.ts';
import {signs} from '../signs.ts';
import {nextAttempt} from '../glossary/words.ts';
import {faultText} from '../fault-text.ts';

/** Steps that start, end and are gone back to, in words. */
export const stepSentences = {
  'step-started'({step, region, at, deadline}, {outline, title}) {
    const does = outline(step)?.does;
    if (does === 'pause' && deadline !== undefined && deadline > at) {
      const text = `${title(step)}: goes on at ${moment(deadline, at)}`;
      const weight = region === undefined ? 'fact' : 'detail';
      return {...defined({region}), weight, sign: signs.active, step, text};
    }
    // Checks end at once; only long work is worth a line when it starts.
    if (region !== undefined || does !== 'wait') return [];
    return {weight: 'detail', sign: signs.active, step, text: title(step)};
  },
  'step-skipped'({step, region, why, by}, {title}) {
    // A Region that had nothing to do is no news; one whose failed step the operator skipped is.
    if (region !== undefined && by === undefined) return [];
    const text = `${title(step)}: skipped, ${why}`;
    return {...defined({step, region}), weight: 'fact', sign: signs.skipped, text};
  },
  'step-succeeded'({step, region, summary, inUse = 0}, {outline, title}) {
    if (region !== undefined && inUse === 0) return [];
    const does = outline(step)?.does;
    // Said already, by the answer or by the item.
    if (does === 'confirm' || (does === 'change' && summary === undefined)) return [];
    const weight = region === undefined ? 'fact' : 'detail';
    const sign = inUse === 0 ? signs.done : signs.active;
    const text = summary === undefined ? title(step) : `${title(step)}: ${summary}`;
    return {...defined({step, region}), weight, sign, text};
  },
  'batch-ended'(event, {title}) {
    const {step, region, batch, next, of, resumeAt} = event;
    const again = next > batch ? '' : ', what failed is tried again';
    const on = resumeAt === undefined ? '' : `, next at ${timeOfDay(resumeAt)}`;
    const text = `batch ${batch} of ${of} ended${again}${on}: ${title(step)}`;
    // Each Region has batches of its own.
    return {
      ...defined({step, region}),
      weight: region === undefined ? 'fact' : 'detail',
      sign: signs.done,
      text,
    };
  },
  'step-failed': ({step, region, fault}) => ({
    ...defined({step, region}),
    weight: 'problem',
    sign: signs.trouble,
    text: faultText(fault),
  }),
  'went-back'(event, {title}) {
    const {step, region} = event;
    const text = wentBackText(event, title(event.to));
    return {...defined({step, region}), weight: 'problem', sign: signs.retry, text};
  },
} satisfies Sentences;

function wentBackText(event: Extract<Event, {type: 'went-back'}>, to: string): string {
  const at = `at ${timeOfDay(event.resumeAt)}`;
  const [when, held] =
    event.before === undefined ? [` ${at}`, ''] : ['', `; if nothing new is found, it goes on ${at}`];
  return `${faultText(event.fault).replace(/\.$/, '')}; going back to “${to}”${when}, ${nextAttempt(event.visit, event.maxVisits)}${held}`;
}
