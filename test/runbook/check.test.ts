import {describe, expect, it} from 'vitest';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

const agreed = `  - {id: agree, title: Agree, confirm: {message: Sure?}}\n`;

/** Expects exactly one problem, at the marker, with these words and this suggestion. */
async function finds(text: string, words: RegExp, suggestion?: string): Promise<void> {
  const {problems, marked} = await check(text);
  const shown = problems.map(({line, column, message}) => `${line}:${column} ${message}`);
  expect(shown).toHaveLength(1);
  expect(shown[0]?.startsWith(`${marked} `), `${shown[0]} is not at ${marked}`).toBe(true);
  expect(problems[0]?.message).toMatch(words);
  expect(problems[0]?.suggestion).toBe(suggestion);
}

describe('a well-formed file', () => {
  it('has no problems', async () => {
    const text = withSteps(`  - {id: who, title: Who, call: sts:GetCallerIdentity}\n`);
    expect(await problemsIn(text)).toEqual([]);
  });

  it('has no YAML errors', () => finds('handrail: 1\nname: test\ntitle: "x\nsteps: []\n»', /quote|Missing/i));

  it('has no key twice', () =>
    finds(
      withSteps(`  - {id: who, title: Who, call: sts:GetCallerIdentity}\n»steps: []\n`),
      /this name is there already/,
    ));

  it('has no unknown key', () =>
    finds(
      withSteps(
        `  - id: who\n    title: Who\n    »cal: sts:GetCallerIdentity\n    assert: {that: "\${{ \`true\` }}", message: x}\n`,
      ),
      /cal is not known here/,
      'call',
    ));

  it('has no unknown key deep inside', () =>
    finds(
      withSteps(
        `  - id: who\n    title: Who\n    call: iam:GetRole\n    with: {RoleName: x}\n    retry:\n      - errorEquals: [All]\n        »maxAttemps: 3\n        maxAttempts: 3\n        intervalSeconds: 1\n`,
      ),
      /maxAttemps is not known/,
      'maxAttempts',
    ));

  it('has values of the right type', () =>
    finds(
      withSteps(`  - id: who\n    title: Who\n    call: sts:GetCallerIdentity\n    maxConcurrency: »many\n`),
      /this is a text: write a number/,
    ));

  it('has nothing missing', () =>
    finds(withSteps(`  - »id: who\n    call: sts:GetCallerIdentity\n`), /title is missing/));

  it('has account ids in quotes', () =>
    finds(
      withSteps(
        `  - id: who\n    title: Who\n    call: account:GetRegionOptStatus\n    with: {RegionName: eu-west-1, AccountId: »012345678901}\n`,
      ),
      /AccountId of .* is a text, not a number: write it in quotes/,
    ));
});

describe('operations', () => {
  it('exist', () =>
    finds(
      withSteps(`  - {id: a, title: A, call: »iam:GetRol, with: {RoleName: x}}\n`),
      /no operation GetRol/,
      'iam:GetRole',
    ));

  it('belong to an installed client, whose package is named otherwise', () =>
    finds(
      withSteps(`  - {id: a, title: A, call: »ecs:ListClusters}\n`),
      /@aws-sdk\/client-ecs is not installed; handrail clients add ecs installs it/,
    ));

  it('may be missing where the step says so', async () => {
    const text = withSteps(`  - {id: a, title: A, call: ecs:ListClusters, ifInstalled: true}\n`);
    expect(await problemsIn(text)).toEqual([]);
  });

  it('get members that they have', () =>
    finds(
      withSteps(`  - {id: a, title: A, call: iam:GetRole, with: {RoleName: x, »RolName: y}}\n`),
      /no member RolName/,
      'RoleName',
    ));

  it('get the members that they need', () =>
    finds(withSteps(`  - {id: a, title: A, call: »iam:GetRole}\n`), /needs RoleName/));

  it('get members of the right kind', () =>
    finds(
      withSteps(`  - id: a\n    title: A\n    call: imagebuilder:ListImages\n    with: {byName: »perhaps}\n`),
      /byName of imagebuilder:ListImages is a boolean, not a text/,
    ));

  it('get nested members that exist', () =>
    finds(
      withSteps(
        `  - id: a\n    title: A\n    call: imagebuilder:ListImages\n    with:\n      filters:\n        - name: x\n          »vales: [y]\n`,
      ),
      /no member vales/,
      'values',
    ));

  it('are given ARNs of the right kind', () =>
    finds(
      withSteps(
        `${agreed}  - id: cancel\n    title: Cancel\n    call: imagebuilder:CancelImageCreation\n    with:\n      imageBuildVersionArn: »arn:aws:imagebuilder:us-east-1:123456789012:image-pipeline/sample-pipeline\n`,
      ),
      /takes …:image\/name\/1\.2\.3\/4 as imageBuildVersionArn/,
    ));

  it('are given ARNs that look like ones of AWS', () =>
    finds(
      withSteps(
        `  - id: a\n    title: A\n    call: iam:GetPolicy\n    with: {PolicyArn: "»arn:was:iam::aws:policy/x"}\n`.replace(
          '"»',
          '»"',
        ),
      ),
      /not an ARN of AWS/,
    ));
});

const look = (id: string, rest = ''): string =>
  `  - id: ${id}\n    title: L\n    scope: region\n    call: imagebuilder:ListImagePipelines\n${rest}`;

describe('steps that go on at the same time', () => {
  it('are fine when both look', async () => {
    expect(await problemsIn(withSteps(look('one') + look('two', '    alongside: true\n')))).toEqual([]);
  });

  it('need a step to go along with', () =>
    finds(withSteps(look('one', '    »alongside: true\n')), /no step before it/));

  it('are of one scope', () =>
    finds(
      withSteps(
        `  - {id: who, title: W, call: sts:GetCallerIdentity}\n${look('one', '    »alongside: true\n')}`,
      ),
      /who is a step of another scope/,
    ));

  it('change nothing', () =>
    finds(
      withSteps(
        `  - {id: sure, title: S, confirm: {message: m}}\n${look('one')}  - id: gone\n    title: G\n    scope: region\n    »alongside: true\n    call: imagebuilder:DeleteImagePipeline\n    with: {imagePipelineArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/x'}\n    undo: {impossible: it is gone}\n`,
      ),
      /only looks and waits.*gone is neither/,
    ));

  it('see nothing of each other', () =>
    finds(
      withSteps(
        look('one') +
          look('two', '    alongside: true\n    when: ${{ type(steps.»one.output) == `null` }}\n'),
      ),
      /one runs at the same time/,
    ));
});

describe('what counts as in use', () => {
  const list = `  - id: builds\n    title: B\n    scope: region\n    call: imagebuilder:ListImageBuildVersions\n`;

  it('is said of a column', () =>
    finds(withSteps(`${list}    »inUse: \${{ imageSummaryList }}\n`), /`column`: name one/));

  it('is a list, looked for in the output', () =>
    finds(
      withSteps(
        `${list}    column: Builds\n    output: \${{ imageSummaryList }}\n    inUse: \${{ »length(@) }}\n`,
      ),
      /list/,
    ));
});

describe('expressions', () => {
  const list = `  - id: builds\n    title: Builds\n    scope: region\n    call: imagebuilder:ListImageBuildVersions\n`;

  it('parse', () =>
    finds(
      withSteps(`${list}    output: \${{ imageSummaryList[?state.status == »] }}\n`),
      /not a JMESPath expression/,
    ));

  it('are closed', () => finds(withSteps(`${list}    summary: there are »\${{ length(@)\n`), /not closed/));

  it('reach members of the answer', () =>
    finds(
      withSteps(`${list}    output: \${{ »imageSumaryList[].arn }}\n`),
      /imageSumaryList cannot be there/,
      'imageSummaryList',
    ));

  it('reach members below a list, in a folded text on its second line', () =>
    finds(
      withSteps(
        `${list}    output: >-\n      \${{ imageSummaryList[?contains(['AVAILABLE'],\n      state.»statas)].{arn: arn} }}\n`,
      ),
      /statas cannot be there/,
      'status',
    ));

  it('reach members of what an earlier step kept', () =>
    finds(
      withSteps(
        `${list}    output: "\${{ imageSummaryList[].{arn: arn} }}"\n${agreed}  - id: cancel\n    title: C\n    scope: region\n    forEach: \${{ steps.builds.output }}\n    call: imagebuilder:CancelImageCreation\n    with: {imageBuildVersionArn: "\${{ item.»arm }}"}\n`,
      ),
      /arm cannot be there/,
      'arn',
    ));

  it('know lists from objects', () =>
    finds(
      withSteps(`${list}    output: \${{ imageSummaryList.»arn }}\n`),
      /arn is asked of a list; write \[\]\.arn/,
    ));

  it('reach steps that there are', () =>
    finds(
      withSteps(
        `${list}  - id: b\n    title: B\n    scope: region\n    forEach: \${{ steps.»bilds.output.imageSummaryList }}\n    call: imagebuilder:ListImages\n`,
      ),
      /there is no step bilds/,
      'builds',
    ));

  it('reach no step that runs later', () =>
    finds(
      withSteps(
        `  - id: b\n    title: B\n    scope: region\n    forEach: \${{ steps.»builds.output.imageSummaryList }}\n    call: imagebuilder:ListImages\n${list}`,
      ),
      /builds runs later/,
    ));

  it("do not take a Region step's output for one value", () =>
    finds(
      withSteps(
        `${list}  - id: b\n    title: B\n    assert: {that: "\${{ length(steps.builds.»output) == \`0\` }}", message: x}\n`,
      ),
      /builds is a Region step .* steps\.builds\.byRegion lists/,
      'byRegion',
    ));

  it('know the Region in a Region step only', () =>
    finds(
      withSteps(`  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "\${{ »region }}"}}\n`),
      /region is known only in a Region step/,
    ));

  it('know the item in a step with forEach only', () =>
    finds(
      withSteps(`  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "\${{ »item.name }}"}}\n`),
      /item is known only in a step with forEach/,
    ));

  it('reach inputs that there are', () =>
    finds(
      withSteps(
        `  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "\${{ inputs.»rolName }}"}}\n`,
        'inputs: {roleName: {type: string, default: x}}\n',
      ),
      /no input rolName/,
      'roleName',
    ));

  it("write the run's names with $ in an answer", () =>
    finds(
      withSteps(
        `${list}    output: "\${{ [imageSummaryList, »inputs.name] }}"\n`,
        'inputs: {name: {type: string, default: x}}\n',
      ),
      /the run's own names begin with \$/,
      '$inputs',
    ));

  it('call functions that there are', () =>
    finds(
      withSteps(`${list}    output: \${{ »lenght(imageSummaryList) }}\n`),
      /no function lenght/,
      'length',
    ));

  it('give functions what they take', () =>
    finds(
      withSteps(`${list}    output: \${{ »starts_with(imageSummaryList, 'a') }}\n`),
      /starts_with\(\) takes a text, not a list/,
    ));

  it('give true or false where that decides', () =>
    finds(
      withSteps(
        `${list}  - {id: b, title: B, scope: region, when: "\${{ »steps.builds.output.imageSummaryList }}", call: imagebuilder:ListImages}\n`,
      ),
      /true or false is needed here, and this is a list/,
    ));

  it('give a list to forEach', () =>
    finds(
      withSteps(
        `${list}  - {id: b, title: B, scope: region, forEach: "\${{ »steps.builds.output }}", call: imagebuilder:ListImages}\n`,
      ),
      /a list is needed here, and this is an object/,
    ));
});

describe('the course of a run', () => {
  it('has no next that leads nowhere', () =>
    finds(
      withSteps(
        `  - id: role\n    title: R\n    call: iam:GetRole\n    with: {RoleName: x}\n    catch: [{errorEquals: [All], next: »rolle}]\n`,
      ),
      /no step rolle/,
      'role',
    ));

  it('has no jump back without maxVisits', () =>
    finds(
      withSteps(
        `  - id: role\n    title: R\n    call: iam:GetRole\n    with: {RoleName: x}\n    catch: [{errorEquals: [All], next: »role}]\n`,
      ),
      /needs maxVisits/,
    ));

  it('has no jump ahead: steps are left out with a condition', () =>
    finds(
      withSteps(
        `  - id: role\n    title: R\n    call: iam:GetRole\n    with: {RoleName: x}\n    catch: [{errorEquals: [All], next: »who}]\n  - {id: who, title: W, call: sts:GetCallerIdentity}\n`,
      ),
      /a jump leads back/,
    ));

  it('has no wait without a total time', () =>
    finds(
      withSteps(
        `  - id: role\n    title: R\n    waitUntil:\n      »call: iam:GetRole\n      with: {RoleName: x}\n      acceptors: [{state: success, matcher: {success: true}}]\n      minDelay: 1\n      maxDelay: 2\n`,
      ),
      /maxWaitTime is missing/,
    ));

  it('has no change that no confirmation precedes', () =>
    finds(
      withSteps(
        `  - {id: gone, title: G, call: »iam:DeleteServiceLinkedRole, with: {RoleName: x}}\n${agreed}`,
      ),
      /no confirmation precedes it/,
    ));

  it('has no change whose only confirmation is asked under another condition', () =>
    finds(
      withSteps(
        `  - {id: agree, title: Agree, when: "\${{ inputs.ask }}", confirm: {message: Sure?}}\n  - {id: gone, title: G, call: »iam:DeleteServiceLinkedRole, with: {RoleName: x}}\n`,
        'inputs: {ask: {type: boolean, default: false}}\n',
      ),
      /no confirmation precedes it/,
    ));

  it('has one action a step', () =>
    finds(
      withSteps(`  - id: a\n    title: A\n    call: sts:GetCallerIdentity\n    »confirm: {message: x}\n`),
      /one action/,
    ));

  it('has no timeout where a total time is wanted', () =>
    finds(
      withSteps(`  - id: a\n    title: A\n    »timeoutSeconds: 3\n    confirm: {message: x}\n`),
      /belongs to `call` and `update`/,
    ));
});

describe('an undo', () => {
  const change = `${agreed}  - id: edit\n    title: E\n    call: iam:UpdateRole\n    with: {RoleName: x, Description: y}\n`;

  it('works by a change', () =>
    finds(
      withSteps(`${change}    undo: {call: »iam:GetRole, with: {RoleName: x}}\n`),
      /only reads: it cannot undo/,
    ));

  it('belongs to a change', () =>
    finds(
      withSteps(
        `  - id: a\n    title: A\n    call: iam:GetRole\n    with: {RoleName: x}\n    »undo: {call: iam:UpdateRole, with: {RoleName: x}}\n`,
      ),
      /nothing to undo/,
    ));

  it('gets the members that it needs', () =>
    finds(
      withSteps(`${change}    undo: {call: iam:UpdateRole, with: »{Description: y}}\n`),
      /needs RoleName/,
    ));

  it('does not build on what other steps gave', () =>
    finds(
      withSteps(
        `  - {id: role, title: R, call: iam:GetRole, with: {RoleName: x}}\n${change}    undo: {call: iam:UpdateRole, with: {RoleName: x, Description: "\${{ »steps.role.output.Role.Description }}"}}\n`,
      ),
      /steps is not there when this is undone/,
    ));

  it('is not declared for an update, which undoes itself', () =>
    finds(
      withSteps(
        `${agreed}  - id: edit\n    title: E\n    »undo: {call: iam:UpdateRole, with: {RoleName: x}}\n    update:\n      read: iam:GetRole\n      with: {RoleName: x}\n      resource: \${{ Role }}\n      write: iam:UpdateRole\n      set: {Description: y}\n      partial: true\n`,
      ),
      /undoes itself/,
    ));
});

const update = (change: string): string =>
  withSteps(
    `${agreed}  - id: edit\n    title: E\n    update:\n      read: imagebuilder:GetImagePipeline\n      with: {imagePipelineArn: "\${{ inputs.arn }}"}\n      resource: \${{ imagePipeline }}\n      write: imagebuilder:UpdateImagePipeline\n${change}`,
    'inputs: {arn: {type: string}}\n',
  );

describe('an update', () => {
  it('changes members that the write takes', () =>
    finds(update('      remove: [»schedul]\n'), /no member schedul/, 'schedule'));

  it('keeps members that the write needs', () =>
    finds(update('      remove: [»infrastructureConfigurationArn]\n'), /cannot be removed/));

  it('is fine as the shipped runbook has it', async () => {
    expect(await problemsIn(update('      remove: [schedule]\n'))).toEqual([]);
  });
});

describe('a secret', () => {
  const head = 'inputs: {token: {type: secret}}\n';

  it('is used in requests only', () =>
    finds(
      withSteps(`  - {id: agree, title: Agree, confirm: {message: "\${{ inputs.»token }}"}}\n`, head),
      /token is a secret/,
    ));

  it('may be used in a request', async () => {
    const text = withSteps(
      `  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "\${{ inputs.token }}"}}\n`,
      head,
    );
    expect(await problemsIn(text)).toEqual([]);
  });
});
