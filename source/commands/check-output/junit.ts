import type {Problem} from '../../runbook/load/problem.ts';
import {show} from '../../text/show.ts';
import type {FileChecked} from './file-checked.ts';
import {ruleOf, whole} from './finding-text.ts';

/** JUnit's XML, as build servers read it: a case for each file, and a failure for each problem in it. */
export function asJUnit(files: readonly FileChecked[]): string {
  const problems = files.reduce((sum, file) => sum + file.problems.length, 0);
  const cases = files.map(caseOf).join('');
  const suite = `<testsuite name="handrail check" tests="${files.length}" failures="${problems}">\n${cases}</testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suite}</testsuites>\n`;
}

function caseOf({name, problems, warnings, skipped}: FileChecked): string {
  const failures = problems.map(
    (one) =>
      `<failure type="${escaped(ruleOf(one))}" message="${escaped(whole(one))}">${placeOf(one)}</failure>\n`,
  );
  const notes = [
    ...warnings.map((one) => `${placeOf(one)}: ${escaped(whole(one))}`),
    ...skipped.map(escaped),
  ];
  const out = notes.length === 0 ? '' : `<system-out>${notes.join('\n')}</system-out>\n`;
  return `<testcase classname="handrail check" name="${escaped(name)}">\n${failures.join('')}${out}</testcase>\n`;
}

function placeOf({file, line, column}: Problem): string {
  return escaped(`${file}:${line}:${column}`);
}

/** XML has no way to hold control characters: `show` has made them visible before. */
function escaped(text: string): string {
  return show(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
