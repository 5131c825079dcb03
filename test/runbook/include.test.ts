import {mkdtempSync, mkdirSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {includedFrom, loadRunbook, parseRunbook} from '../../source/runbook/load/load.ts';
import {InvalidRunbook} from '../../source/runbook/load/problem.ts';
import {readJournal} from '../../source/journal/read.ts';
import {simulatedRun} from '../support/simulated-run.ts';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

const shared = `handrail: 1\nsteps:\n  - {id: who, title: Who, call: sts:GetCallerIdentity}\n  - {id: role, title: R, call: iam:GetRole, with: {RoleName: x}}\n`;
const including = withSteps(
  `  - include: shared/steps.yaml\n  - {id: last, title: L, call: iam:GetRole, with: {RoleName: "\${{ steps.role.output.Role.RoleName }}"}}\n`,
);
const files = (text: string) => includedFrom([{name: 'shared/steps.yaml', text}]);

describe('an include', () => {
  it('puts the steps of another file in its place', () => {
    const {runbook, included} = parseRunbook('a/test.yaml', including, files(shared));
    expect(runbook.steps.map(({id}) => id)).toEqual(['who', 'role', 'last']);
    expect(included).toEqual([{name: 'shared/steps.yaml', text: shared}]);
  });

  it('is part of the hash', () => {
    const before = parseRunbook('test.yaml', including, files(shared)).sha256;
    const after = parseRunbook('test.yaml', including, files(`${shared}# changed\n`)).sha256;
    expect(after).not.toBe(before);
  });

  it("reports a problem of the included file with that file's name and line", async () => {
    const [problem, ...more] = await problemsIn(
      including,
      files(shared.replace('RoleName: x', 'RolName: x')),
    );
    expect(problem).toMatchObject({file: 'shared/steps.yaml', line: 4, column: 52, suggestion: 'RoleName'});
    expect(more).toEqual([]);
  });

  it('reports problems after it at their own lines', async () => {
    const {problems, marked} = await check(
      withSteps(
        `  - include: shared/steps.yaml\n  - {id: last, title: L, call: iam:GetRole, with: {RoleName: "\${{ steps.»rolle.output }}"}}\n`,
      ),
      files(shared),
    );
    expect(problems.map(({file, line, column}) => `${file}:${line}:${column}`)).toEqual([
      `test.yaml:${marked}`,
    ]);
  });

  it.each([
    ['a file that is not there', 'shared/other.yaml', shared, /cannot be read/],
    ['a file above', '../steps.yaml', shared, /in this folder or below/],
    ['an absolute file', '/etc/passwd', shared, /in this folder or below/],
    [
      'a file with more than steps',
      'shared/steps.yaml',
      `${shared}title: x\n`,
      /has `handrail`, `steps` and perhaps `parameters`, not title/,
    ],
    [
      'a file that includes',
      'shared/steps.yaml',
      'handrail: 1\nsteps: [{include: x.yaml}]\n',
      /includes nothing itself/,
    ],
    ['a file without steps', 'shared/steps.yaml', 'handrail: 1\n', /has `handrail: 1` and `steps`/],
    ['a file that is no YAML', 'shared/steps.yaml', 'a: "\n', /quote/],
  ])('of %s is refused', async (_, name, text, words) => {
    const problems = await problemsIn(withSteps(`  - include: ${name}\n`), files(text));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.message).toMatch(words);
  });

  it('is read from the folder of the runbook', () => {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared', 'steps.yaml'), shared);
    writeFileSync(join(folder, 'test.yaml'), including);
    expect(loadRunbook(join(folder, 'test.yaml')).runbook.steps).toHaveLength(3);
    writeFileSync(join(folder, 'shared', 'steps.yaml'), 'x'.repeat(300_000));
    expect(() => loadRunbook(join(folder, 'test.yaml'))).toThrow(InvalidRunbook);
  });

  it('leaves its text in the journal, so that the journal holds all that was run', async () => {
    const run = await simulatedRun({
      runbook: 'clean-up-image-builder',
      scenario: 'clean',
      regions: ['eu-west-1'],
    });
    const [first] = readJournal(run.journal ?? '').events;
    if (first?.type !== 'run-started') throw new Error('no beginning');
    const {text, included = [], sha256, file} = first.runbook;
    expect(included.map(({name}) => name)).toEqual([
      'shared/find-image-builder-use.yaml',
      'shared/stop-image-builder-use.yaml',
      'shared/look-again.yaml',
    ]);
    expect(parseRunbook(file, text, includedFrom(included)).sha256).toBe(sha256);
  });

  it('used twice runs twice, each time with its own value, and its text is in the journal once', async () => {
    const text = `handrail: 1
parameters: {wanted: {description: Which pipelines.}}
steps:
  - id: pipelines
    title: List pipelines
    scope: region
    call: imagebuilder:ListImagePipelines
    output: '\${{ imagePipelineList[?status == $parameters.wanted].arn }}'
`;
    const twice = withSteps(
      `  - {include: shared/list.yaml, with: {wanted: ENABLED}}
  - {include: shared/list.yaml, as: other, with: {wanted: "\${{ inputs.other }}"}}
  - id: sure
    title: Sure
    assert:
      that: \${{ length(steps.pipelines.byRegion[].output[]) > length(steps.otherPipelines.byRegion[].output[]) }}
      message: as many of both
`,
      'inputs: {other: {type: string, default: DISABLED, description: Which too.}}\n',
    );
    const run = await simulatedRun({
      runbook: parseRunbook('twice.yaml', twice, includedFrom([{name: 'shared/list.yaml', text}])),
      scenario: 'calm',
      regions: ['us-east-1'],
    });
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    const [first] = readJournal(run.journal ?? '').events;
    if (first?.type !== 'run-started') throw new Error('no beginning');
    expect(first.runbook.included).toEqual([{name: 'shared/list.yaml', text}]);
    expect(first.steps.map(({id}) => id)).toEqual(['pipelines', 'otherPipelines', 'sure']);
  });
});
