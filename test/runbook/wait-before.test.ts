import {expect, it} from 'vitest';
import {check, withSteps} from './marked-runbook.ts';

it.each([
  ['account steps on the way back', '»who', /who is no account step on the way \(look … role\)/],
  ['steps that there are', '»rolle', /rolle is no account step/],
  ['steps of the account', '»look', /look is no account step/],
])('a jump’s wait holds up %s', async (_what, before, message) => {
  const {problems, marked} = await check(
    withSteps(
      `  - {id: who, title: W, call: sts:GetCallerIdentity}\n  - {id: look, title: L, scope: region, call: imagebuilder:ListImages}\n  - id: role\n    title: R\n    call: iam:GetRole\n    with: {RoleName: x}\n    catch: [{errorEquals: [All], next: look, maxVisits: 2, waitSeconds: 1, waitBefore: ${before}}]\n`,
    ),
  );
  expect(problems.map(({line, column}) => `${line}:${column}`)).toEqual([marked]);
  expect(problems[0]?.message).toMatch(message);
});
