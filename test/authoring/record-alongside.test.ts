import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {recordTest} from '../../source/authoring/record/record-test.ts';
import {runTestFile} from '../../source/authoring/tests/run-tests.ts';
import {ServiceError} from '../../source/simulator/service-error.ts';
import {otherAccount, type OtherAccount} from '../support/other-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));

function refuseBad(name: unknown): void {
  if (String(name).includes('bad')) throw new ServiceError('ValidationException', 400, 'it is bad');
}

/** Lists of two pages, and polls that find what they wait for at the third. */
function account(): Promise<OtherAccount> {
  const looks = new Map<string, number>();
  const looked = (name: unknown): number => {
    const count = (looks.get(String(name)) ?? 0) + 1;
    looks.set(String(name), count);
    return count;
  };
  return otherAccount({
    'ssm:GetParametersByPath': ({Path, NextToken}) => {
      refuseBad(Path);
      const page = {Parameters: [{Name: `${String(Path)}/${NextToken === undefined ? 1 : 2}`}]};
      return NextToken === undefined ? {...page, NextToken: 'second'} : page;
    },
    'iam:GetRole': ({RoleName}) => {
      refuseBad(RoleName);
      const Description = looked(RoleName) > 2 ? 'done' : 'not yet';
      const Arn = `arn:aws:iam::123456789012:role/${String(RoleName)}`;
      return {Role: {RoleName, Arn, Path: '/', RoleId: 'A', CreateDate: '2026-01-01T00:00:00Z', Description}};
    },
  });
}

const lists = (id: string, items: string, output: string): string => `
    id: ${id}
    title: ${id}
    scope: region
    column: ${id}
    forEach: \${{ ${items} }}
    call: ssm:GetParametersByPath
    with: {Path: '/\${{ item }}'}
    output: \${{ ${output} }}
`;
const roles = (id: string, items: string): string => `
    id: ${id}
    title: ${id}
    forEach: \${{ ${items} }}
    call: iam:GetRole
    with: {RoleName: '\${{ item }}'}
`;
const wait = `
    id: wait
    title: Wait
    forEach: \${{ ['c', 'd'] }}
    waitUntil:
      call: iam:GetRole
      with: {RoleName: '\${{ item }}'}
      acceptors:
        - {state: success, matcher: {output: {path: Role.Description, expected: done, comparator: stringEquals}}}
      minDelay: 1
      maxDelay: 2
      maxWaitTime: 60
`;

const good = "['a', 'b', 'c']";
const oneIsBad = "['a', 'b', 'bad']";

describe('a test made from a run with steps that went on at the same time, each for several items, passes', () => {
  it.each([
    ['where both looked', lists('one', good, 'length(Parameters)'), lists('two', good, 'Parameters[].Name')],
    ['where one waited', roles('one', good), wait],
    [
      'where the first failed and the second was given up',
      lists('one', oneIsBad, '@'),
      lists('two', good, '@'),
    ],
    [
      'where the second failed and the first was given up',
      lists('one', good, '@'),
      lists('two', oneIsBad, '@'),
    ],
    ['where one failed for the account', roles('one', "['bad', 'a']"), wait],
  ])('%s', async (_how, first, second) => {
    const steps = `  - ${first.trim()}\n  - alongside: true\n    ${second.trim()}\n`;
    const file = join(folder, 'runbook.yaml');
    writeFileSync(file, `handrail: 1\nname: test\ntitle: Test\nsteps:\n${steps}`);
    const world = await account();
    try {
      const regions = steps.includes('scope: region') ? ['eu-west-1', 'us-east-1'] : [];
      const {file: journal} = await world.run(steps, '', {regions});
      const test = join(folder, 'recorded.test.yaml');
      writeFileSync(test, (await recordTest(journal)).replace('runbook: test.yaml', `runbook: ${file}`));
      const {cases, problems} = await runTestFile(test);
      expect(problems).toEqual([]);
      expect(cases.map(({failures}) => failures.map(({message}) => message))).toEqual([[]]);
    } finally {
      await world.close();
    }
  });
});
