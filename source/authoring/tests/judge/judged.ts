import type {Path} from '../../../runbook/load/source-positions.ts';
import type {Problem} from '../../../runbook/load/problem.ts';
import type {TestCase} from '../language.ts';
import type {Played} from '../play/play-case.ts';

/** A case that was played, and what is asked of it. */
export interface Judged extends Played {
  readonly one: TestCase;
  /** Makes a failure at a place within the case. */
  readonly at: (path: Path, message: string) => Problem;
}
