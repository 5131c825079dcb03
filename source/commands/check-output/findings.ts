import type {FromRunbook} from '../../runbook/load/shared-steps/from-runbook.ts';
import {ruleTexts} from '../../runbook/rule-texts.ts';
import {distinct, formatProblem, type Problem} from '../../runbook/load/problem.ts';
import {show} from '../../text/show.ts';
import {version} from '../../version.ts';
import {ruleOf, whole} from './finding-text.ts';
import type {FileChecked} from './file-checked.ts';
import {asJUnit} from './junit.ts';

/** How findings are written. */
type Writer = (files: readonly FileChecked[]) => string;

/** The writers, by the word for `--format`. */
export const writers: Readonly<Record<string, Writer>> = {
  text: asText,
  json: asJson,
  github: asGitHub,
  sarif: asSarif,
  junit: asJUnit,
};

function asText(files: readonly FileChecked[]): string {
  return files.map(inLines).join('');
}

function inLines({name, problems, warnings, skipped, shared}: FileChecked): string {
  const warned = warnings.map((one) => ({...one, message: `warning: ${one.message}`}));
  const lines = [...problems, ...warned].flatMap((problem) => formatProblem(problem).split('\n'));
  const verdict = problems.length === 0 ? 'no problems' : countInWords(problems.length);
  const needs = shared === undefined ? '' : needsOf(shared);
  return [...lines, ...skipped, `${name}: ${verdict}${needs}`].map((line) => `${show(line)}\n`).join('');
}

/** The names that shared steps take from their runbook, in words. */
function needsOf({inputs, steps, parameters}: FromRunbook): string {
  const names = [
    ...inputs.map((name) => `inputs.${name}`),
    ...steps.map((name) => `steps.${name}`),
    ...parameters.map((name) => `parameters.${name}`),
  ];
  return names.length === 0
    ? '; shared steps'
    : `; shared steps, which take ${names.join(', ')} from a runbook`;
}

function countInWords(count: number): string {
  return count === 1 ? '1 problem' : `${count} problems`;
}

function asJson(files: readonly FileChecked[]): string {
  const problems = distinct(files.flatMap((file) => file.problems));
  const warnings = distinct(files.flatMap((file) => file.warnings));
  return `${JSON.stringify({version: 1, problems, warnings}, undefined, 2)}\n`;
}

interface Finding extends Problem {
  readonly level: 'error' | 'warning';
}

function findingsIn(files: readonly FileChecked[]): readonly Finding[] {
  const all = files.flatMap(({problems, warnings}) => [
    ...problems.map((one) => ({...one, level: 'error'}) as const),
    ...warnings.map((one) => ({...one, level: 'warning'}) as const),
  ]);
  // Shared steps are checked by themselves and with each runbook that includes them.
  return distinct(all);
}

/** Workflow commands of GitHub Actions: each finding stands at its line in the pull request. */
function asGitHub(files: readonly FileChecked[]): string {
  return findingsIn(files)
    .map((one) => annotation(one, one.level, ruleOf(one)))
    .join('');
}

/** A workflow command of GitHub Actions that puts a problem at its line. */
export function annotation(problem: Problem, level: 'error' | 'warning', title: string): string {
  const {file, line, column} = problem;
  const place = `file=${property(file)},line=${line},col=${column},title=${property(title)}`;
  return `::${level} ${place}::${data(whole(problem))}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A SARIF 2.1.0 log, as code scanning takes it. */
function asSarif(files: readonly FileChecked[]): string {
  const rules = Object.entries(ruleTexts).map(([id, about]) => ({id, shortDescription: {text: about}}));
  const results = findingsIn(files).map((one) => ({
    ruleId: ruleOf(one),
    ruleIndex: rules.findIndex(({id}) => id === ruleOf(one)),
    level: one.level,
    message: {text: whole(one)},
    locations: [
      {
        physicalLocation: {
          artifactLocation: {uri: uriOf(one.file)},
          region: {startLine: one.line, startColumn: one.column},
        },
      },
    ],
  }));
  const driver = {name: 'handrail', version: version(), rules};
  const log = {
    version: '2.1.0',
    runs: [{tool: {driver}, columnKind: 'utf16CodeUnits', results}],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** A file as SARIF refers to it: relative to where the check ran, or with its scheme. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
