import type {Rule} from '../rule-texts.ts';

/** Something wrong with a runbook file, and where. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Text of the line. */
  readonly source: string;
  /** The name that was probably meant. */
  readonly suggestion?: string;
  /** The rule that it breaks, for editors and CI. */
  readonly rule?: Rule;
}

/** `file:line:column: message`, the line and a caret below it. */
export function formatProblem(problem: Problem): string {
  const {file, line, column, message, source, suggestion} = problem;
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  const start = Math.max(0, column - 61);
  const shown = source.slice(start, start + 100);
  const caret = ' '.repeat(Math.max(0, column - 1 - start)) + '^';
  return `${file}:${line}:${column}: ${message}${hint}\n    ${shown}\n    ${caret}`;
}

/** Each problem once: what a group or an included file has is found in each of its steps. */
export function distinct<T extends Problem>(problems: readonly T[]): readonly T[] {
  const seen = new Map(problems.map((one) => [`${one.file}:${one.line}:${one.column}:${one.message}`, one]));
  return [...seen.values()];
}

/** A runbook file that cannot be used. */
export class InvalidRunbook extends Error {
  override readonly name = 'InvalidRunbook';
  readonly problems: readonly Problem[];

  /** `rule` is that of the problems that name none. */
  constructor(problems: readonly Problem[], rule: Rule = 'file') {
    super(distinct(problems).map(formatProblem).join('\n'));
    this.problems = distinct(problems).map((problem) => ({rule, ...problem}));
  }
}
