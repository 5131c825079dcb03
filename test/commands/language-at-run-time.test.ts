import {describe, expect, it} from 'vitest';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {simulatedRun} from '../support/simulated-run.ts';

function runbook(steps: string, head = ''): ReturnType<typeof parseRunbook> {
  return parseRunbook('test.yaml', `handrail: 1\nname: test\ntitle: Test\n${head}steps:\n${steps}`);
}

const agreed = `  - {id: agree, title: Agree, confirm: {message: Sure?}}\n`;

describe('timeoutSeconds', () => {
  const step = `  - id: role
    title: Find the role
    call: iam:GetRole
    with: {RoleName: "\${{ inputs.name }}"}
    timeoutSeconds: 30
    retry: [{errorEquals: [NoSuchEntity], maxAttempts: 100, intervalSeconds: 10, backoffRate: 1}]\n`;
  const head = 'inputs: {name: {type: string, default: Nobody}}\n';

  it('ends a step that goes on trying, at the time that was recorded when it began', async () => {
    const run = await simulatedRun({runbook: runbook(step, head)});
    expect(run.exitCode).toBe(1);
    expect(run.state.ended?.message).toMatch(/^Find the role: not done within its time; the last try said:/);
    const started = run.events.find((event) => event.type === 'step-started');
    const failed = run.events.find((event) => event.type === 'step-failed');
    if (started?.type !== 'step-started' || failed?.type !== 'step-failed')
      throw new Error('it did not fail');
    expect(failed.fault.name).toBe('StepTimedOut');
    expect(started.deadline).toBe(started.at + 30_000);
    expect(failed.at).toBeGreaterThanOrEqual(started.deadline ?? Infinity);
    expect(run.requests.filter(({operation}) => operation === 'GetRole').length).toBeLessThan(6);
  });

  it('can be caught', async () => {
    const caught = `${step}    catch: [{errorEquals: [StepTimedOut], next: end, message: gave up}]\n`;
    const run = await simulatedRun({runbook: runbook(caught, head)});
    expect(run.exitCode).toBe(0);
    expect(run.state.ended?.message).toBe('gave up');
  });
});

describe('an ARN of the wrong kind', () => {
  it('is not sent, though the newer AWS page shows it so', async () => {
    const run = await simulatedRun({
      runbook: runbook(
        `${agreed}  - id: cancel
    title: Cancel
    call: imagebuilder:CancelImageCreation
    with: {imageBuildVersionArn: "\${{ inputs.arn }}"}\n`,
        'inputs: {arn: {type: string}}\n',
      ),
      inputs: ['arn=arn:aws:imagebuilder:us-east-1:123456789012:image-pipeline/sample-pipeline'],
    });
    expect(run.exitCode).toBe(1);
    expect(run.requests.some(({operation}) => operation === 'CancelImageCreation')).toBe(false);
    expect(run.state.ended?.message).toMatch(/was not sent: .* takes …:image\/name\/1\.2\.3\/4/);
  });
});

describe('an answer that is marked sensitive', () => {
  it('is not kept', async () => {
    const run = await simulatedRun({
      runbook: runbook(
        `  - id: parameters
    title: Read parameters
    scope: region
    call: ssm:GetParametersByPath
    with: {Path: /aws/service/global-infrastructure/services/imagebuilder/regions}
    output: \${{ Parameters[].Value }}\n`,
      ),
      regions: ['us-east-1'],
    });
    expect(run.exitCode).toBe(0);
    const output = run.state.lanes.get('us-east-1')?.results['parameters']?.output as readonly string[];
    expect(output.length).toBeGreaterThan(30);
    expect(new Set(output)).toEqual(new Set(['<sensitive: not kept>']));
  });
});

describe('a rejected runbook', () => {
  it('never runs', async () => {
    const typo = runbook(`  - {id: role, title: R, call: iam:GetRole, with: {RolName: x}}\n`);
    await expect(simulatedRun({runbook: typo})).rejects.toThrow(/no member RolName; did you mean RoleName/);
  });
});

describe('a step whose AWS client is not installed', () => {
  it('is skipped and says why, where its runbook allows for that', async () => {
    const run = await simulatedRun({
      runbook: runbook(`  - {id: clusters, title: Clusters, call: ecs:ListClusters, ifInstalled: true}\n`),
    });
    expect(run.exitCode).toBe(0);
    const {status, why} = run.state.account.results['clusters'] ?? {};
    expect(status).toBe('skipped');
    expect(why).toContain('@aws-sdk/client-ecs is not installed');
  });
});
