import {defined} from '../../data/defined.ts';
import type {Event} from '../../engine/model/events.ts';
import {targetKey} from './narrate-calls.ts';
import type {Sentence, Sentences} from './narrated-event.ts';
import {lapsedText} from '../approval-text.ts';
import {signs} from '../signs.ts';
import {decidedBy, stoppedBy} from '../glossary/words.ts';
import {count, faultText} from '../fault-text.ts';
import {calendarName, calendarStateText, changedCalendarText, opensText} from '../gate-text.ts';

/** Questions to the operator and their actions, in words. */
export const operatorSentences = {
  asked({question: {step, changes, approvals}}, {details, plan}) {
    for (const change of changes) {
      if (change.detail !== undefined)
        details.set(targetKey({...change, item: change.target}), change.detail);
    }
    const about = changes.length === 0 ? '' : ` on ${count(changes.length, 'change')}`;
    if (plan)
      return {weight: 'detail', sign: signs.todo, step, text: `a run would ask for a decision${about}`};
    const asked: Sentence = {
      weight: 'detail',
      sign: signs.active,
      step,
      text: `asked for a decision${about}`,
    };
    const lapsed = approvals === undefined ? '' : lapsedText(approvals);
    return lapsed === '' ? asked : [asked, {weight: 'problem', sign: signs.retry, step, text: lapsed}];
  },
  approved: ({step, by, changes, number, needed, signature}) => ({
    weight: 'fact',
    sign: signs.done,
    step,
    text: `${by} approved ${count(changes, 'change')}${signature === undefined ? '' : ', signed'}: approval ${number} of ${needed}`,
  }),
  answered: (event) => ({step: event.step, ...answerSentence(event)}),
  interrupted: ({signal}) => ({
    weight: 'problem',
    sign: signs.retry,
    text: signal === 'hand-over' ? 'handed over: a terminal that watches can go on' : stoppedBy(signal),
  }),
  resumed({by, lookAgainFrom, changedCalendars = []}, {title}) {
    const again = lookAgainFrom === undefined ? '' : `, checking again from “${title(lookAgainFrom)}”`;
    const changed = changedCalendars.map((file) => `; ${changedCalendarText(file)}`);
    return {weight: 'fact', sign: signs.active, text: `resumed by ${by}${again}${changed.join('')}`};
  },
  paused({fault, why}) {
    const because = fault === undefined ? '' : `: ${faultText(fault)}`;
    const wait =
      fault?.renewable === false
        ? 'paused: the keys are those of the environment and cannot change; stop, export new ones and resume'
        : 'paused until credentials are renewed';
    const text = why === 'operator' ? 'paused by the operator' : `${wait}${because}`;
    return {weight: 'problem', sign: signs.paused, text};
  },
  continued: ({by}) => ({weight: 'fact', sign: signs.active, text: `goes on (${by})`}),
  'gate-closed': ({at, calendar, ...closed}) => ({
    weight: 'problem',
    sign: signs.paused,
    text:
      calendar === undefined
        ? `changes wait for the change window: ${opensText(closed, at)}`
        : `changes wait for the change calendar ${calendarName(calendar)}`,
  }),
  'calendar-state': ({calendar, at, ...told}) => ({
    weight: told.state === 'UNKNOWN' ? 'problem' : 'fact',
    sign: told.state === 'OPEN' ? signs.done : told.state === 'CLOSED' ? signs.paused : signs.unknown,
    text: `change calendar ${calendarName(calendar)}: ${calendarStateText(told, at)}`,
  }),
  'gate-opened'({lookAgainFrom}, {title}) {
    const again = lookAgainFrom === undefined ? '' : `: checking again from “${title(lookAgainFrom)}”`;
    return {weight: 'fact', sign: signs.active, text: `changes may start${again}`};
  },
  'gate-overridden': ({by, reason}) => ({
    weight: 'problem',
    sign: signs.trouble,
    text: `${by} does not wait for a window or a calendar: ${reason}`,
  }),
  hastened: ({by}) => ({
    weight: 'fact',
    sign: signs.active,
    text: `what was waited for is tried now (${by})`,
  }),
  retried: ({region, by}) => ({
    ...defined({region}),
    weight: 'fact',
    sign: signs.active,
    text: `tried again by ${by}`,
  }),
  waived: ({region, by, unlooked}) => ({
    region,
    // One line for each Region that was never to be looked at would be no news: a note says how many.
    weight: unlooked === true ? 'detail' : 'problem',
    sign: signs.unknown,
    text: `waived by ${by}: the run goes on without knowing it`,
  }),
} satisfies Sentences;

function answerSentence({accepted, by, missing}: Extract<Event, {type: 'answered'}>): Sentence {
  if (accepted) return {weight: 'fact', sign: signs.done, text: decidedBy(true, by)};
  if (missing === undefined) return {weight: 'fact', sign: signs.trouble, text: decidedBy(false, by)};
  return {weight: 'problem', sign: signs.trouble, text: `nobody to ask here; answer it with ${missing}`};
}
