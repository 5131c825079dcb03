import {readFileSync, statSync} from 'node:fs';
import type {Option} from '../../cli/option.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {approvalIn, bodyOf, mostBytes, type Approval} from './approval.ts';

/** Hands in an approval that somebody gave elsewhere. */
export const approvalOption: Option = {
  name: 'approval',
  value: 'FILE',
  multiple: true,
  offers: 'files',
  help: 'hand in an approval that handrail approve --print wrote; once for each',
};

/** Reads the file of an approval. Throws {@link UsageError}. */
export function approvalFrom(file: string): Approval {
  try {
    if (statSync(file).size > mostBytes) throw new Error('it is far longer than an approval');
    const approval = approvalIn(readFileSync(file, 'utf8'));
    bodyOf(approval);
    return approval;
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : code;
    throw new UsageError(`--approval ${file}: ${why}`);
  }
}
