import {mkdtempSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {journalFile} from '../crash/journal-file.ts';
import type {FaultRule} from '../../source/simulator/faults.ts';
import {startSimulator, type SeenRequest} from '../../source/simulator/server.ts';
import {readJournal} from '../../source/journal/read.ts';
import {twoRegions} from '../simulator/simulated-aws.ts';
import {packagedProgram, type Program} from './program.ts';

const role = 'AWSServiceRoleForImageBuilder';

/** More than come in one page. */
const many = Array.from({length: 120}, (_, index) => `rule-${String(index + 1).padStart(3, '0')}`);
const rules: Readonly<Record<string, readonly string[]>> = {nightly: ['on-commit'], 'by-hand': many};
const scenario = {
  ...twoRegions,
  running: [],
  deletion: {...twoRegions.deletion, taskSeconds: 0},
  pipelines: twoRegions.pipelines.map((pipeline) => ({
    ...pipeline,
    rules: [...(rules[pipeline.name] ?? [])],
  })),
};

let handrail: Program;
beforeAll(() => {
  handrail = packagedProgram();
});

interface Removal {
  /** What the operator was told before the role's name was asked for. */
  readonly told: string;
  readonly looks: readonly SeenRequest[];
  readonly code: number | null;
  readonly roleIsGone: boolean;
}

/** A whole removal, as Handrail is shipped. */
async function removal(faults: readonly FaultRule[] = []): Promise<Removal> {
  const simulator = await startSimulator(scenario, {faults});
  const stateHome = mkdtempSync(join(handrail.home, 'state-'));
  try {
    const pace = ['--input', 'pollSeconds=0.05', '--input', 'retryWaitSeconds=0.05'];
    const {code} = await handrail.run(
      ['run', 'delete-service-linked-role', ...pace, '--yes', '--confirm', role],
      {
        AWS_ENDPOINT_URL: simulator.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'simulated',
        AWS_SECRET_ACCESS_KEY: 'simulated',
        XDG_STATE_HOME: stateHome,
      },
    );
    const asked = readJournal(journalFile(stateHome) ?? '').events.flatMap((event) =>
      event.type === 'asked' && event.question.step === 'consent' ? [event.question.message] : [],
    );
    return {
      told: asked.join('\n'),
      looks: simulator.requests.filter(({service}) => service === 'events'),
      code,
      roleIsGone: simulator.account().role === null,
    };
  } finally {
    await simulator.close();
  }
}

describe('the EventBridge rules that would bring the role back', () => {
  it('are named before the role is deleted, from every page of every Region', async () => {
    const {told, looks, ...rest} = await removal();
    const names = /EventBridge rules of the default event bus that start them: (.*)\.$/
      .exec(told)?.[1]
      ?.split(', ');
    expect(names?.toSorted()).toEqual(['on-commit', ...many]);
    // Two pages of rules in one Region; each rule is looked at once.
    expect(looks.filter(({operation}) => operation === 'ListRules').map(({region}) => region)).toEqual(
      expect.arrayContaining(['eu-west-1', 'us-east-1', 'us-east-1']),
    );
    expect(looks).toHaveLength(3 + 1 + many.length);
    expect(rest).toEqual({code: 0, roleIsGone: true});
  });

  it.each([
    ['is denied', 'accessDenied'],
    ['is answered without a list', 'missingList'],
  ])('are said to be unknown where the look %s', async (_how, fault) => {
    const rule = {service: 'events', region: 'us-east-1', always: true, fault};
    const {told, ...rest} = await removal([rule as FaultRule]);
    expect(told).toContain('that start them: on-commit; not all could be looked at in us-east-1.');
    expect(rest).toMatchObject({code: 0, roleIsGone: true});
  });
});
