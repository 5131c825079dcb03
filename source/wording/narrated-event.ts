import type {Sign} from './signs.ts';

/**
 * `detail`: worth a glance while it passes, too much for a log of a whole run · `fact`: belongs in every log ·
 * `problem`: a fact that needs attention.
 */
export type Weight = 'detail' | 'fact' | 'problem';

/** An event in an operator's words. */
export interface NarratedEvent {
  /** ms since the epoch. */
  readonly at: number;
  readonly weight: Weight;
  /** The step's id; empty when it is about the run. */
  readonly step: string;
  readonly region?: string;
  readonly sign: Sign;
  readonly text: string;
}
