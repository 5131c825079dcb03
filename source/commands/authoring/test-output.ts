import {formatProblem, type Problem} from '../../runbook/load/problem.ts';
import {show} from '../../text/show.ts';
import type {CaseResult, FileResult} from '../../authoring/tests/results.ts';
import {annotation} from '../check-output/findings.ts';

/** How results are written. */
type Writer = (files: readonly FileResult[]) => string;

/** The writers, by the word for `--format`. */
export const writers: Readonly<Record<string, Writer>> = {
  text: asText,
  json: asJson,
  junit: asJUnit,
  github: asGitHub,
};

function asText(files: readonly FileResult[]): string {
  const cases = files.flatMap((file) => file.cases);
  const failed = cases.filter(({failures}) => failures.length > 0).length;
  const unusable = files.filter(({problems}) => problems.length > 0).length;
  const parts = [
    `${cases.length - failed} passed`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(unusable === 0 ? [] : [`${unusable} ${unusable === 1 ? 'file' : 'files'} could not be used`]),
  ];
  return shown([...files.flatMap(fileLines), parts.join(', ')]);
}

function fileLines({file, cases, problems}: FileResult): readonly string[] {
  return [file, ...cases.flatMap(caseLines), ...problems.flatMap((one) => formatProblem(one).split('\n'))];
}

function caseLines({name, failures}: CaseResult): readonly string[] {
  const sign = failures.length === 0 ? '✓' : '✗';
  return [`  ${sign} ${name}`, ...failures.flatMap((one) => formatProblem(one).split('\n'))];
}

function shown(lines: readonly string[]): string {
  return lines.map((line) => `${show(line)}\n`).join('');
}

function asJson(files: readonly FileResult[]): string {
  return `${JSON.stringify({version: 1, files}, undefined, 2)}\n`;
}

/** JUnit's XML, as CI systems read it. */
function asJUnit(files: readonly FileResult[]): string {
  const suites = files.map(({file, cases, problems}) => {
    const failed = cases.filter(({failures}) => failures.length > 0).length;
    const errors = problems.length === 0 ? 0 : 1;
    const counts = `tests="${cases.length + errors}" failures="${failed}" errors="${errors}"`;
    const unusable =
      errors === 0
        ? ''
        : `    <testcase classname="${xml(file)}" name="the file"><error>${xml(texts(problems))}</error></testcase>\n`;
    const each = cases.map(({name, failures}) => {
      const head = `    <testcase classname="${xml(file)}" name="${xml(name)}"`;
      return failures.length === 0
        ? `${head}/>\n`
        : `${head}><failure>${xml(texts(failures))}</failure></testcase>\n`;
    });
    return `  <testsuite name="${xml(file)}" ${counts}>\n${unusable}${each.join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function texts(problems: readonly Problem[]): string {
  return problems.map(formatProblem).join('\n');
}

function xml(text: string): string {
  const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
  return text
    .split('\n')
    .map((line) => show(line))
    .join('\n')
    .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

/** Workflow commands of GitHub Actions: each failure stands at its line in the pull request. */
function asGitHub(files: readonly FileResult[]): string {
  return files
    .flatMap(({cases, problems}) => [
      ...problems.map((one) => annotation(one, 'error', 'test file')),
      ...cases.flatMap(({name, failures}) => failures.map((one) => annotation(one, 'error', name))),
    ])
    .join('');
}
