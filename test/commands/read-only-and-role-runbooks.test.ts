import {describe, expect, it} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {changesOf, outputOf, summaryOf} from '../support/run-results.ts';
import {simulatedRun} from '../support/simulated-run.ts';

describe('inspect-service-linked-role', () => {
  it('shows the role, its trust, its policy and every Region, and changes nothing', async () => {
    const run = await simulatedRun({runbook: 'inspect-service-linked-role'});
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    expect(run.after.role).toEqual(run.before.role);
    // Builds go on by themselves; pipelines do not.
    for (const [region, {pipelines}] of Object.entries(run.before.regions)) {
      expect(run.after.regions[region]?.pipelines).toEqual(pipelines);
    }
    expect(changesOf(run)).toEqual([]);
    expect(outputOf(run, 'role')).toMatchObject({
      arn: expect.stringContaining(':role/aws-service-role/imagebuilder.amazonaws.com/'),
      description: expect.any(String),
      region: 'eu-central-1',
    });
    expect(outputOf(run, 'trust')).toEqual(['imagebuilder.amazonaws.com', 'ssm.amazonaws.com']);
    expect(summaryOf(run, 'role')).toMatch(/last used \d{4}-.* in eu-central-1$/);
    expect(run.state.lanes.get('us-east-1')?.results['builds']?.output).toHaveLength(2);
    expect(run.state.lanes.get('us-east-1')?.results['pipelines']).toMatchObject({
      found: {length: 3},
      count: 3,
      summary: '3 scheduled',
    });
    expect([...run.state.lanes]).toHaveLength(34);
  });

  it("groups the policy's actions by service, as the older page lists them", async () => {
    const run = await simulatedRun({runbook: 'inspect-service-linked-role', regions: ['eu-west-1']});
    const [policy] = outputOf(run, 'actions') as readonly Record<string, readonly string[]>[];
    expect(Object.keys(policy ?? {})).toEqual(['ec2', 'iam', 'license-manager', 'ssm', 'sns']);
    expect(policy?.['ec2']).toHaveLength(15);
    expect(policy?.['ssm']).toContain('ssm:SendCommand');
    expect(summaryOf(run, 'actions')).toContain('sns: Publish');
  });

  it('says who a build waits for', async () => {
    const run = await simulatedRun({runbook: 'inspect-service-linked-role', regions: ['ap-northeast-1']});
    expect(run.state.lanes.get('ap-northeast-1')?.results['waiting']?.summary).toContain('approve-release');
  });

  it('ends well when there is no role', async () => {
    const run = await simulatedRun({runbook: 'inspect-service-linked-role', scenario: 'no-role'});
    expect(run.exitCode).toBe(0);
    expect(run.state.ended?.message).toContain('is not in this account');
  });
});

describe('create-service-linked-role', () => {
  it('creates the role and reads it back', async () => {
    const run = await simulatedRun({runbook: 'create-service-linked-role', scenario: 'no-role'});
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    expect(run.before.role).toBeNull();
    expect(run.after.role).not.toBeNull();
    expect(run.after.regions).toEqual(run.before.regions);
    const [request, ...more] = changesOf(run);
    expect(request).toMatchObject({
      operation: 'CreateServiceLinkedRole',
      input: {AWSServiceName: 'imagebuilder.amazonaws.com'},
    });
    expect(more).toEqual([]);
  });

  it('takes a role that is there for a success, and asks and changes nothing', async () => {
    const run = await simulatedRun({runbook: 'create-service-linked-role', scenario: 'clean'});
    expect(run.exitCode).toBe(0);
    expect(run.after).toEqual(run.before);
    expect(run.events.some(({type}) => type === 'asked')).toBe(false);
  });
});

describe('edit-role-description', () => {
  it('changes the description and nothing else, and shows before and after', async () => {
    const run = await simulatedRun({
      runbook: 'edit-role-description',
      inputs: ['description=Builds our images'],
    });
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    expect(run.after.role).toEqual({...run.before.role, description: 'Builds our images'});
    expect(run.after.regions).toEqual(run.before.regions);
    const asked = run.events.find((event) => event.type === 'asked');
    if (asked?.type !== 'asked') throw new Error('nothing was asked');
    expect(asked.question.message).toContain('After: “Builds our images”');
    expect(asked.question.message).toContain(`Before: “${loadScenario('default').role.description}”`);
    expect(asked.question.message).toContain('Nothing else');
    const [request] = changesOf(run);
    expect(request?.input).not.toHaveProperty('MaxSessionDuration');
  });

  it('does nothing when the description is that already', async () => {
    const {description} = loadScenario('default').role;
    const run = await simulatedRun({
      runbook: 'edit-role-description',
      inputs: [`description=${description}`],
    });
    expect(run.exitCode).toBe(0);
    expect(changesOf(run)).toEqual([]);
  });
});
