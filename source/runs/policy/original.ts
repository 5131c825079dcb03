import type {RunState} from '../../engine/model/state.ts';

/** The runbook that policies list: of an undo, the one whose changes it takes back. */
export function originalOf({
  runbook,
  original,
}: Pick<NonNullable<RunState['started']>, 'runbook' | 'original'>): {
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
} {
  const {name, file, sha256} = original ?? runbook;
  return {name, file, sha256};
}
