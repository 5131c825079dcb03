import type {Event, StepOutline} from '../../engine/model/events.ts';
import type {Sign} from '../signs.ts';

/**
 * `detail`: worth a glance while it passes, too much for a log of a whole run · `fact`: belongs in every log ·
 * `problem`: a fact that needs attention.
 */
type Weight = 'detail' | 'fact' | 'problem';

/** A sentence about an event, for an operator. */
export interface Sentence {
  readonly weight: Weight;
  /** The step's id; absent when it is about the run or a Region as a whole. */
  readonly step?: string;
  readonly region?: string;
  readonly sign: Sign;
  readonly text: string;
  /** It is about a change that was made, or found made. */
  readonly change?: true;
}

/** An event in an operator's words. */
export interface NarratedEvent extends Sentence {
  /** ms since the epoch. */
  readonly at: number;
}

/** Calls and changes of earlier events, which later ones are about. */
export interface Remembered {
  readonly calls: Map<number, Extract<Event, {type: 'call-started'}>>;
  /** Difference that each planned change makes, by its target. */
  readonly details: Map<string, string>;
  /** Targets whose change was answered. */
  readonly made: Set<string>;
}

/** All that an event's sentences depend on besides the event. */
export interface Context extends Remembered {
  readonly outline: (step: string) => StepOutline | undefined;
  /** The step's title; its id when the run has no such step. */
  readonly title: (step: string) => string;
  /** The run only looks: nobody is asked. */
  readonly plan: boolean;
}

/** How events become sentences, by their type. An event without an entry is no news. */
export type Sentences = {
  readonly [T in Event['type']]?: (
    event: Extract<Event, {type: T}>,
    context: Context,
  ) => readonly Sentence[] | Sentence;
};
