import {byId} from '../../data/by-id.ts';
import type {Event, StepOutline} from '../../engine/model/events.ts';
import {callSentences} from './narrate-calls.ts';
import {operatorSentences} from './narrate-operator.ts';
import {stepSentences} from './narrate-steps.ts';
import type {Context, NarratedEvent, Remembered, Sentence, Sentences} from './narrated-event.ts';
import {shortTarget} from '../fault-text.ts';
import {signs} from '../signs.ts';

/** Tells the events of a run with these steps, one after the other; it remembers which call is whose. */
export type Narrator = (event: Event, steps: readonly StepOutline[]) => readonly NarratedEvent[];

const sentences: Sentences = {
  'run-started': ({runbook, run, notes}) => [
    {weight: 'fact', sign: signs.active, text: `${runbook.title}, run ${run}`},
    ...notes.map((text): Sentence => ({weight: 'problem', sign: signs.retry, text})),
  ],
  ...stepSentences,
  ...callSentences,
  ...operatorSentences,
  'region-found': ({region, resource}) => ({
    weight: 'problem',
    sign: signs.trouble,
    region,
    text: `AWS names ${shortTarget(resource)} here: it is checked in the next attempt`,
  }),
  'run-ended': ({status, message}) => ({
    weight: 'fact',
    sign: status === 'done' || status === 'planned' ? signs.done : signs.trouble,
    text: message,
  }),
};

export function createNarrator(): Narrator {
  const remembered: Remembered = {calls: new Map(), details: new Map(), made: new Set()};
  let plan = false;
  return (event, steps) => {
    if (event.type === 'run-started') plan = event.mode === 'plan';
    const outline = (id: string): StepOutline | undefined => byId(steps, id);
    const title = (id: string): string => outline(id)?.title ?? id;
    const said = sentencesOf(event, {...remembered, outline, title, plan});
    return [said].flat().map((sentence) => ({at: event.at, ...sentence}));
  };
}

function sentencesOf(event: Event, context: Context): readonly Sentence[] | Sentence {
  const tell = sentences[event.type] as
    ((event: Event, context: Context) => readonly Sentence[] | Sentence) | undefined;
  return tell?.(event, context) ?? [];
}
