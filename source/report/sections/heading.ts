import {madeOf} from '../made-changes.ts';
import type {Report} from '../model.ts';
import {duration, modeWords, statusWords, textOf, utc} from '../report-text.ts';
import {joined, type Fact, type Heading, type Phrase} from './section.ts';

/** Builds the head of a report: how the run ended, who made it and on which account. */
export function headingOf({run, caller, regions, changes}: Report): Heading {
  const good = run.status === 'done' || run.status === 'planned';
  const tone = good ? 'good' : run.status === 'failed' || run.status === 'blocked' ? 'bad' : 'warn';
  const inputs = Object.entries(run.inputs).map(
    ([name, value]) => [{code: name}, ' = ', {code: textOf(value)}] as const,
  );
  const alias = caller.alias === undefined ? [] : [' ', {code: caller.alias}];
  const facts: Fact[] = [
    ['Runbook', [{code: run.runbook.name}, ', SHA-256 ', {code: run.runbook.sha256}]],
    ['Run', [{code: run.id}]],
    ['Account', [{code: caller.account}, ...alias, ', partition ', {code: caller.partition}]],
    ['Caller', [{code: caller.arn}]],
    ...(caller.endpoint === undefined
      ? []
      : [['Endpoint', [{code: caller.endpoint}, ', not AWS’s own']] satisfies Fact]),
    ...policyFact(run.policy),
    ...(run.ticket === undefined ? [] : [['Ticket', [{code: run.ticket}]] satisfies Fact]),
    ...(run.windows === undefined ? [] : [['Window', [run.windows.join(' and ')]] satisfies Fact]),
    ...(run.calendars === undefined
      ? []
      : [['Change calendar', [run.calendars.join(' and ')]] satisfies Fact]),
    ...overridden(run),
    ['Time', [`${utc(run.startedAt)} to ${utc(run.endedAt ?? run.lastEventAt)}, ${duration(run)}`]],
    ...(run.rounds > 1 ? [['Rounds', [`${run.rounds}`]] satisfies Fact] : []),
    ['Regions', [`${regions.length}`]],
    ['Changes', [`${madeOf(changes).length}`]],
    ...run.interrupted.map(({at, signal}): Fact => ['Interrupted', [`${utc(at)} by `, {code: signal}]]),
    ...run.resumed.map(({at, by}): Fact => ['Resumed', [`${utc(at)} by `, {code: by}]]),
    ...(inputs.length === 0 ? [] : [['Inputs', joined(inputs, ', ')] satisfies Fact]),
  ];
  return {
    mode: modeWords(run),
    title: run.runbook.title,
    verdict: {text: statusWords(run), tone},
    message: run.message,
    facts,
  };
}

/** The policy that was kept to, or that there was none; nothing where that is not known. */
export function policyFact(
  policy: readonly {readonly file: string; readonly sha256: string}[] | undefined,
): readonly Fact[] {
  if (policy === undefined) return [];
  const files = policy.map(({file, sha256}): Phrase => [{code: file}, ', SHA-256 ', {code: sha256}]);
  return [['Policy', files.length === 0 ? ['none was found'] : joined(files, '; ')]];
}

/** The reason for not waiting for a window. */
function overridden({overridden: not}: Report['run']): readonly Fact[] {
  return not === undefined
    ? []
    : [['Window overridden', [`${utc(not.at)} by `, {code: not.by}, `: ${not.reason}`]]];
}
