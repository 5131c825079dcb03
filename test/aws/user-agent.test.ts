import {expect, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedRun} from '../support/simulated-run.ts';
import {connectionWith, sentUserAgent} from './sent-request.ts';

const noRole = loadScenario('no-role');
const agent = {version: '0.1.0', run: '20261127T101500Z-abcd'};

test('every request names Handrail, its version and the run, as CloudTrail shows it', async () => {
  for (const name of ['iam:GetRole', 'imagebuilder:ListImages', 'sts:GetCallerIdentity']) {
    const sent = await sentUserAgent(connectionWith({agent}), name);
    expect(sent).toContain('handrail/0.1.0');
    expect(sent).toContain('handrail-run/20261127T101500Z-abcd');
  }
});

test('the session of a role that is taken on carries the run’s id, unless its name was given', async () => {
  const arn = 'arn:aws:iam::123456789012:role/ops';
  for (const given of [undefined, 'kim']) {
    const role = given === undefined ? {arn} : {arn, sessionName: given};
    const scenario = {...noRole, account: {...noRole.account, assumableRoles: [{arn}]}};
    const run = await simulatedRun({scenario, connection: {role}});
    const taken = run.requests.find(({operation}) => operation === 'AssumeRole');
    const own = `handrail-${run.state.started?.run}`;
    expect(taken?.input['RoleSessionName']).toBe(given ?? own);
  }
});
