import {basename} from 'node:path';
import {lookUp} from '../../aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../runbook/check/check.ts';
import {loadText} from '../../runbook/load/load.ts';
import {parseAny} from '../../runbook/load/shared-steps/load-alone.ts';
import {InvalidRunbook, type Problem} from '../../runbook/load/problem.ts';
import {show} from '../../text/show.ts';
import type {Position} from './document-text.ts';

/** A problem as editors take it. */
export interface Diagnostic {
  readonly range: {readonly start: Position; readonly end: Position};
  /** 1 for what a run refuses, 2 for a warning. */
  readonly severity: 1 | 2;
  readonly source: 'handrail';
  readonly code: string;
  readonly message: string;
}

/** Checks the text of a runbook or of shared steps, and returns what is wrong with it. */
export async function diagnosticsOf(file: string, text: string): Promise<readonly Diagnostic[]> {
  const shown = (severity: 1 | 2) => (problem: Problem) => diagnostic(file, text, problem, severity);
  try {
    const {problems, warnings} = await checkRunbook(loadText(file, text, parseAny), lookUp);
    return [...problems.map(shown(1)), ...warnings.map(shown(2))];
  } catch (error) {
    if (error instanceof InvalidRunbook) return error.problems.map(shown(1));
    throw error;
  }
}

function diagnostic(file: string, text: string, problem: Problem, severity: 1 | 2): Diagnostic {
  const {message, suggestion, rule = 'file'} = problem;
  const whole = suggestion === undefined ? message : `${message}; did you mean ${suggestion}?`;
  const isElsewhere = problem.file !== file;
  const {line, character} = isElsewhere
    ? includeOf(text, problem.file)
    : {line: problem.line - 1, character: problem.column - 1};
  const source = text.split('\n')[line] ?? '';
  const length = Math.max(1, /^[\w$:.-]+/.exec(source.slice(character))?.[0].length ?? 1);
  return {
    range: {start: {line, character}, end: {line, character: character + length}},
    severity,
    source: 'handrail',
    code: rule,
    message: show(isElsewhere ? `${problem.file}:${problem.line}:${problem.column}: ${whole}` : whole),
  };
}

/** The place where a runbook includes a file; its first line where none is found. */
function includeOf(text: string, file: string): Position {
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes('include:') && one.includes(basename(file)));
  return line < 0 ? {line: 0, character: 0} : {line, character: lines[line]?.indexOf('include:') ?? 0};
}
