import type {Fault} from '../fault.ts';
import type {ChangeWindow} from './gate.ts';
import type {Policy} from './policy.ts';

/** Something that an operator did to a run, or that stopped it from outside. */
export type OperatorEvent =
  | {
      readonly type: 'answered';
      readonly step: string;
      readonly accepted: boolean;
      /** The person who answered, and the flag: `ops/kim`, `ops/kim with --yes`; `terminal` in older journals. */
      readonly by: string;
      /** Text that the operator typed, where a text was required. */
      readonly typed?: string;
      /** Reason why the question could not be answered. */
      readonly missing?: string;
    }
  | {readonly type: 'interrupted'; readonly signal: string}
  | {
      readonly type: 'resumed';
      /** ARN of the caller that resumes the run. */
      readonly by: string;
      readonly versions: {readonly [component: string]: string};
      /** The step from which the world is looked at again, since time has passed. */
      readonly lookAgainFrom?: string;
      /** The policy that was found now: the run keeps to it too. */
      readonly policy?: Policy;
      /** The run's own windows, where a calendar among them was read again. */
      readonly windows?: readonly ChangeWindow[];
      /** The calendars among them that have changed. */
      readonly changedCalendars?: readonly string[];
    }
  | {
      readonly type: 'paused';
      /** `operator`, or `credentials` when they have expired. */
      readonly why: 'operator' | 'credentials';
      readonly fault?: Fault;
    }
  | {readonly type: 'continued'; readonly by: string}
  /** The operator has tried now what waits for a time: the next attempt, look or retry. */
  | {readonly type: 'hastened'; readonly by: string}
  | {
      /** The operator retries failed work of a lane. Without a Region, the account's lane is meant. */
      readonly type: 'retried';
      readonly region?: string;
      readonly by: string;
    }
  | {
      /** The operator goes on without a Region that could not be looked at. */
      readonly type: 'waived';
      readonly region: string;
      readonly by: string;
      /** The Region's name as it was typed. */
      readonly typed?: string;
      /** It was never looked at: the operator wanted only other Regions visited. */
      readonly unlooked?: true;
    };
