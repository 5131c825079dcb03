import {expect, test} from 'vitest';
import {lineText} from '../../source/text/line.ts';
import {width} from '../../source/text/width.ts';
import {modeCaption} from '../../source/wording/run-mode.ts';
import {summary, summaryText} from '../../source/wording/run-summary.ts';
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

test('an interrupted run says that it has not ended', () => {
  const {state} = changing().at(9, {type: 'interrupted', signal: 'SIGTERM'});
  expect(summaryText({state})).toMatch(
    /^! Interrupted by SIGTERM: the run has not ended and can be resumed\n/,
  );
});

test.each([
  ['q', '! Stopped by the operator with q: the run has not ended and can be resumed'],
  ['stop', '! Stopped by the operator, who typed stop: the run has not ended and can be resumed'],
])('a run that the operator stopped with %s says so', (signal, verdict) => {
  const play = changing().at(9, {type: 'interrupted', signal});
  expect(summaryText({state: play.state})).toContain(`${verdict}\n`);
  expect(waitingFor(play.state, start).text).toBe(
    verdict.slice(2).replace(/: .*/, ': the run can be resumed'),
  );
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
