import {describe, expect, it} from 'vitest';
import {includedFrom, parseRunbook} from '../../source/runbook/load/load.ts';
import {simulatedRun} from '../support/simulated-run.ts';
import {problemsIn} from './marked-runbook.ts';
import {built, head, rest, steps, tutorial} from './tutorial-page.ts';

it('the group that the tutorial shows has no problems', async () => {
  const group = rest.find((block) => block.includes('- group:')) ?? '';
  const [title] = head.split('regionsOf:');
  const text = `${title}regionsOf: imagebuilder\ninputs: {stop: {type: boolean, default: true, description: Stop.}}\n${group}`;
  const more = 'handrail: 1\nsteps: [{id: who, title: Who, call: sts:GetCallerIdentity}]\n';
  expect(await problemsIn(text, includedFrom([{name: 'shared/more-looks.yaml', text: more}]))).toEqual([]);
});

it('the steps that the tutorial does item by item have no problems', async () => {
  const byItem = rest.find((block) => block.includes('iam:ListMFADevices')) ?? '';
  expect(await problemsIn(`handrail: 1\nname: no-mfa\ntitle: No MFA\n${byItem}`)).toEqual([]);
});

it('the batches that the tutorial shows are taken', async () => {
  const batch = rest.find((block) => block.startsWith('batch:')) ?? '';
  const removal =
    "  - id: gone\n    title: Gone\n    forEach: '${{ inputs.users }}'\n    call: iam:DeleteUser";
  const call = `${removal}\n    with: {UserName: '\${{ item }}'}\n    undo: {impossible: gone}\n    ${batch}`;
  const beginning = 'handrail: 1\nname: b\ntitle: B\ninputs: {users: {type: list, default: [kim]}}\n';
  const text = `${beginning}steps:\n  - {id: sure, title: Sure, confirm: {message: Sure?}}\n${call}`;
  expect(await problemsIn(text)).toEqual([]);
});

describe('the runbook that the tutorial builds', () => {
  it('has no problems', async () => {
    expect(steps).toHaveLength(4);
    expect(await problemsIn(built)).toEqual([]);
  });

  it('has the problem that the page shows, at the place that it shows, when it is mistyped', async () => {
    const mistyped = (head + steps.join('\n')).replace('imagePipelineList', 'imagePiplineList');
    const [problem] = await problemsIn(mistyped);
    const shown = /:(\d+):(\d+): (.*); did you mean (\w+)\?/.exec(tutorial) ?? [];
    expect([problem?.line, problem?.column, problem?.message, problem?.suggestion].map(String)).toEqual(
      shown.slice(1),
    );
  });

  it('does what it says', async () => {
    const run = await simulatedRun({
      runbook: parseRunbook('pause-pipelines.yaml', built),
      scenario: 'calm',
      inputs: ['regions=us-east-1,us-west-2'],
    });
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    const changed = run.requests.filter(({operation}) => operation === 'UpdateImagePipeline');
    expect(changed).toHaveLength(5);
  });
});
