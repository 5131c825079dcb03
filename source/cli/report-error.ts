import {NoSuchRun} from '../journal/find-run.ts';
import {CorruptJournal, NewerJournal} from '../journal/read.ts';
import {JournalError} from '../journal/journal-error.ts';
import {InvalidInput} from '../runbook/inputs.ts';
import {InvalidRunbook} from '../runbook/load/problem.ts';
import {show} from '../text/show.ts';
import {exitCodes} from './exit-codes.ts';
import {UsageError} from './usage-error.ts';

/** Says an expected error in a line, without a stack, and returns the exit code. Throws any other again. */
export function sayExpected(error: unknown): number {
  if (!isExpected(error)) throw error;
  const lines = error.message.split('\n').map((line) => show(line));
  process.stderr.write(`${error instanceof InvalidRunbook ? '' : 'handrail: '}${lines.join('\n')}\n`);
  return exitCodeFor(error);
}

function exitCodeFor(error: Error): number {
  if (error instanceof NewerJournal) return exitCodes.usage;
  const failed = [CorruptJournal, JournalError].some((kind) => error instanceof kind);
  if (failed || isFromSystem(error)) return exitCodes.failed;
  return error instanceof UsageError ? error.exitCode : exitCodes.usage;
}

/** Errors that the operator can correct, and a journal that must not be believed. */
function isExpected(error: unknown): error is Error {
  return (
    [UsageError, InvalidInput, InvalidRunbook, NoSuchRun, CorruptJournal, JournalError].some(
      (kind) => error instanceof kind,
    ) || isFromSystem(error)
  );
}

/** A full disk, a file that may not be read, a port in use: the operating system names the call and the file. */
function isFromSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error && 'code' in error;
}
