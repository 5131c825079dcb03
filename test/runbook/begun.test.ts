import {describe, expect, it} from 'vitest';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import {parseRunbook, type LoadedRunbook} from '../../source/runbook/load/load.ts';
import {withSteps} from './marked-runbook.ts';

const begun = (steps: string): LoadedRunbook => ({
  ...parseRunbook('test.yaml', withSteps(steps)),
  begun: true,
});

describe('the runbook of a run that has begun', () => {
  it('is gone on with, also where a newer check would refuse it', async () => {
    const steps = `  - {id: role, title: R, skippable: true, call: iam:GetRole, with: {RoleName: r}}
  - {id: use, title: U, call: iam:ListRolePolicies, with: {RoleName: "\${{ steps.role.output.Role.RoleName }}"}}\n`;
    await expect(modelsFor(parseRunbook('test.yaml', withSteps(steps)))).rejects.toThrow(
      /role has no output where/,
    );
    expect([...(await modelsFor(begun(steps))).keys()]).toEqual(['iam:GetRole', 'iam:ListRolePolicies']);
  });

  it('is refused where an operation is not there any more', async () => {
    const steps = '  - {id: a, title: A, call: ecs:ListClusters}\n';
    await expect(modelsFor(begun(steps))).rejects.toThrow(/client-ecs is not installed/);
  });
});
