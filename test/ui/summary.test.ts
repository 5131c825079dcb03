import {expect, test} from 'vitest';
import {initialState} from '../../source/engine/evolve/evolve.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {lineText} from '../../source/text/line.ts';
import {width} from '../../source/text/width.ts';
import {modeCaption} from '../../source/wording/run-mode.ts';
import {regionSummary} from '../../source/wording/region-summary.ts';
import {regionsText, summary, summaryText} from '../../source/wording/run-summary.ts';
import {waitingFor} from '../../source/wording/waiting.ts';
import {asked, buildArn, changing, detoured, looked, start} from './run-fixture.ts';

test('a change whose answer never came is named', () => {
  const play = changing();
  const arn = buildArn('us-east-1', 'base-1');
  play.calls(
    9,
    {step: 'cancel', region: 'us-east-1'},
    arn,
    'imagebuilder:CancelImageCreation',
    undefined,
    'change',
  );
  expect(summaryText({state: play.state})).toContain(
    'us-east-1: imagebuilder:CancelImageCreation base-1/1.4.2/7 was sent and its answer is not known',
  );
});

/** A run against AWS itself, or a simulated one, that was interrupted. */
function interruptedBy(signal: string, simulation: boolean): RunState {
  const {state} = changing().at(9, {type: 'interrupted', signal});
  if (state.started === undefined) throw new Error('the run has not started');
  return {...state, started: {...state.started, simulation}};
}

test.each([
  ['SIGTERM', 'Interrupted by SIGTERM'],
  ['q', 'Stopped by the operator with q'],
  ['stop', 'Stopped by the operator, who typed stop'],
])('a run that was interrupted by %s says so, and whether it can be resumed', (signal, by) => {
  const live = interruptedBy(signal, false);
  expect(summaryText({state: live})).toContain(`! ${by}: the run has not ended and can be resumed\n`);
  expect(waitingFor(live, start).text).toBe(`${by}: the run can be resumed`);
  const simulated = interruptedBy(signal, true);
  expect(summaryText({state: simulated})).toContain(
    `! ${by}: the run has not ended; a simulation cannot be resumed\n`,
  );
  expect(waitingFor(simulated, start).text).toBe(`${by}: a simulation cannot be resumed`);
});

test('a runbook whose looks are for no use does not call its Regions unchecked, and counts what it found and changed', () => {
  const {state} = changing();
  const listing = {
    ...state,
    steps: state.steps.map(({column, ...step}) => (column === '' ? {...step, column} : step)),
  };
  expect(regionsText(state)).toMatch(/in use/);
  expect(regionsText(listing)).toMatch(/^\d+ of 34 done$/);
  const summaries = ['builds', 'cancel'].map((step) => regionSummary(listing, step));
  expect(summaries.join(' ')).not.toContain('in use');
});

test('a run that has not begun has no last lines: its command says why', () => {
  expect(summaryText({state: initialState})).toBe('');
});

test('a run that could not go on says why before all else', () => {
  expect(summaryText({state: looked().state, error: 'the journal’s disk is full'})).toMatch(
    /^! Stopped: the journal’s disk is full\n/,
  );
});

test('resources still in use and the next command are named', () => {
  const text = summaryText({state: detoured().state, next: 'handrail run x'});
  expect(text).toContain(`eu-west-1: ${buildArn('eu-west-1', 'web')} (reported in us-east-1)`);
  expect(text).toContain('Next      handrail run x');
});

test('how a run ended is folded, not cut, on a narrow screen', () => {
  const message = 'AWSServiceRoleForImageBuilder is in this account';
  const {state} = looked().at(9, {type: 'run-ended', status: 'done', message});
  const lines = summary({state}, 40).map(lineText);
  expect(lines.slice(0, 2)).toEqual(['✓ Done: AWSServiceRoleForImageBuilder is', 'in this account']);
  expect(lines.filter((text) => width(text) > 40)).toEqual([]);
});

test('a live run of a runbook without changes promises to change nothing', () => {
  const {state} = asked();
  if (state.started === undefined) throw new Error('it has not started');
  const live = {...state, started: {...state.started, simulation: false}};
  expect(modeCaption(live, undefined)?.text).toMatch(/^LIVE: what you confirm is done in /);
  const steps = state.steps.filter(({does}) => does !== 'change');
  expect(modeCaption({...live, steps}, undefined)?.text).toMatch(
    /^LIVE: only looking at .*, this runbook changes nothing$/,
  );
});
