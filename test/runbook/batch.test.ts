import {describe, expect, it} from 'vitest';
import {check, withSteps} from './marked-runbook.ts';

const head =
  'inputs:\n  users: {type: list, default: [kim]}\n  size: {type: string, default: many}\n  rest: {type: string, default: 5m}\n';
const confirm = '  - {id: sure, title: Sure, confirm: {message: Sure?}}\n';

function step(batch: string, more = "    forEach: '${{ inputs.users }}'\n", action = ''): string {
  const call =
    action === ''
      ? '    call: iam:DeleteUser\n    with: {UserName: x}\n    undo: {impossible: gone}\n'
      : action;
  return withSteps(`${confirm}  - id: gone\n    title: Delete\n${more}    ${batch}\n${call}`, head);
}

async function refusals(text: string): Promise<readonly string[]> {
  const {problems} = await check(text);
  return problems.map(({line, column, message}) => `${line}:${column} ${message}`);
}

describe('check, of a step in batches', () => {
  it('takes numbers, times and expressions', async () => {
    expect(await refusals(step('batch: {canary: 1, size: 10, pause: 30s, stopAfterFailures: 2}'))).toEqual(
      [],
    );
    expect(
      await refusals(step("batch: {size: '${{ length(inputs.users) }}', pause: '${{ inputs.rest }}'}")),
    ).toEqual([]);
  });

  it.each([
    [
      'without items',
      step('»batch: {size: 2}', ''),
      '`batch` is about the items of `forEach`, and there is none: the step is done at once',
    ],
    ['without a size', step('batch: »{pause: 3s}'), 'size is missing'],
    ['of size 0', step('batch: {size: »0}'), 'a number of at least 1 is needed here'],
    [
      'of half an item',
      step('batch: {size: »1.5}'),
      'this is a number: write a whole number or one expression, ${{ … }}',
    ],
    ['with a canary of 0', step('batch: {canary: »0, size: 1}'), 'a number of at least 1 is needed here'],
    [
      'with a tolerance of 0',
      step('batch: {size: 1, stopAfterFailures: »0}'),
      'a number of at least 1 is needed here',
    ],
    [
      'with a pause below zero',
      step('batch: {size: 1, pause: »-30s}'),
      '"-30s" is no duration: write 90s, 10m, 36h, 14d or 1d12h',
    ],
    [
      'with a pause without a unit',
      step("batch: {size: 1, pause: »'30'}"),
      '"30" lacks a unit: write 90s, 10m, 36h, 14d or 1d12h',
    ],
    [
      'with a pause that is a number',
      step('batch: {size: 1, pause: »-1}'),
      'put this in quotes: it is to be a text, and YAML takes it for a number',
    ],
    ['with a pause of years', step('batch: {size: 1, pause: »400d}'), 'a pause lasts 366 days at most'],
    [
      'whose size is a text',
      step("batch: {size: '${{ »inputs.size }}'}"),
      'a number is needed here, and this is a text',
    ],
  ])('refuses one %s', async (_, text, message) => {
    const {problems, marked} = await check(text);
    expect(problems.map(({line, column, message: said}) => `${line}:${column} ${said}`)).toEqual([
      `${marked} ${message}`,
    ]);
  });

  it('refuses one of a wait', async () => {
    const wait = [
      '    waitUntil:',
      '      call: iam:GetUser',
      "      with: {UserName: '${{ item }}'}",
      '      acceptors: [{state: success, matcher: {success: true}}]',
      '      minDelay: 1',
      '      maxDelay: 5',
      '      maxWaitTime: 60\n',
    ].join('\n');
    const {problems, marked} = await check(step('»batch: {size: 2}', undefined, wait));
    expect(problems.map(({line, column, message}) => `${line}:${column} ${message}`)).toEqual([
      `${marked} \`batch\` belongs to \`call\` and \`update\`: a wait changes nothing`,
    ]);
  });
});
