import {execFileSync} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {languageClient, type LanguageClient} from '../support/language-client.ts';

const home = mkdtempSync(join(tmpdir(), 'handrail-lsp-'));
const uri = pathToFileURL(join(home, 'roles.yaml')).href;

const runbook = (steps: string): string => `handrail: 1
name: roles
title: Roles
inputs:
  path: {type: string, default: /}
steps:
  - id: roles
    title: List roles
    call: iam:ListRoles
    output: \${{ Roles }}
${steps}`;

interface Completion {
  readonly label: string;
  readonly detail: string;
  readonly textEdit: {readonly newText: string};
}

interface Diagnosed {
  readonly diagnostics: readonly {readonly code: string; readonly message: string}[];
}

let editor: LanguageClient;
beforeAll(async () => {
  editor = languageClient(home);
  await editor.request('initialize', {processId: null, rootUri: null, capabilities: {}});
  editor.notify('initialized', {});
  editor.notify('textDocument/didOpen', {
    textDocument: {uri, languageId: 'yaml', version: 1, text: runbook('')},
  });
});
afterAll(async () => expect(await editor.end()).toBe(0));

/** Writes a text in which `|` is the cursor, and returns where it is. */
function write(marked: string): object {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const text = marked.replace('|', '');
  editor.notify('textDocument/didChange', {textDocument: {uri, version: 2}, contentChanges: [{text}]});
  return {
    textDocument: {uri},
    position: {line: before.length - 1, character: before.at(-1)?.length},
  };
}

async function offered(marked: string): Promise<readonly Completion[]> {
  return (await editor.request('textDocument/completion', write(marked))) as readonly Completion[];
}

async function labels(marked: string): Promise<readonly string[]> {
  return (await offered(marked)).map(({label}) => label);
}

async function hovered(marked: string): Promise<string | undefined> {
  const found = await editor.request('textDocument/hover', write(marked));
  return (found as {contents: {value: string}} | null)?.contents.value;
}

/** Writes a runbook with these steps, and waits until a problem says so. */
async function complains(steps: string, part: string): Promise<void> {
  write(`${runbook(steps)}|`);
  await editor.next('textDocument/publishDiagnostics', (sent: {diagnostics: readonly {message: string}[]}) =>
    sent.diagnostics.some(({message}) => message.includes(part)),
  );
}

describe('handrail lsp', () => {
  it('says what is wrong with shared steps, and takes what their runbook has as it comes', async () => {
    const step = '  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "${{ steps.found.output }}"}}\n';
    const wrong = step.replace('id: a', 'id: b').replace('RoleName', 'RolName');
    write(`handrail: 1\nsteps:\n${step}${wrong}|`);
    const sent = await editor.next(
      'textDocument/publishDiagnostics',
      ({diagnostics}: Diagnosed) => diagnostics.length > 0,
    );
    expect((sent as Diagnosed).diagnostics.map(({message}) => message)).toEqual([
      'iam:GetRole has no member RolName; did you mean RoleName?',
    ]);
    expect(
      await labels(
        `handrail: 1\nsteps:\n${step.replace('id: a', 'id: z')}${step.replace('steps.found.output', 'steps.|')}`,
      ),
    ).toEqual(['found', 'z']);
  });

  it('knows services by the names that people type, and puts the one of the SDK there', async () => {
    const services = await offered(runbook('  - {id: a, title: A, call: events|}\n'));
    expect(services).toContainEqual(
      expect.objectContaining({
        label: 'eventbridge:',
        filterText: 'events',
        detail: 'events, as the SDK names it',
      }),
    );
    const operations = await offered(runbook('  - {id: a, title: A, call: events:ListR|}\n'));
    expect(operations).toContainEqual(
      expect.objectContaining({label: 'eventbridge:ListRules', filterText: 'events:ListRules'}),
    );
    const missing = await offered(runbook('  - {id: a, title: A, call: elbv2|}\n'));
    expect(missing.map(({detail}) => detail)).toContain(
      'elbv2, as the SDK names it: handrail clients add elastic-load-balancing-v2',
    );
  });

  it('says what is wrong as one types, at its place, and takes it back', async () => {
    const wrong = runbook('  - {id: a, title: A, call: iam:ListRolez}\n');
    write(`${wrong}|`);
    // What is wrong with an earlier text may be said before.
    const found = await editor.next('textDocument/publishDiagnostics', ({diagnostics}: Diagnosed) =>
      diagnostics.some(({message}) => message.includes('ListRolez')),
    );
    expect(found).toMatchObject({
      uri,
      diagnostics: [
        {
          severity: 1,
          source: 'handrail',
          code: 'operation',
          message: 'iam has no operation ListRolez; did you mean iam:ListRoles?',
          range: {start: {line: 10, character: 28}, end: {line: 10, character: 41}},
        },
      ],
    });
    write(`${runbook('')}|`);
    await editor.next(
      'textDocument/publishDiagnostics',
      ({diagnostics}: {diagnostics: readonly object[]}) => diagnostics.length === 0,
    );
  });

  it('says what is wrong with a file that is no YAML', async () => {
    write(`${runbook('  - {id: a\n')}|`);
    const found = await editor.next('textDocument/publishDiagnostics', ({diagnostics}: Diagnosed) =>
      diagnostics.some(({code}) => code === 'yaml'),
    );
    expect(found).toMatchObject({diagnostics: [{code: 'yaml'}]});
  });

  it('offers services, and the operations of one with what they do', async () => {
    expect(await labels(runbook('  - id: a\n    title: A\n    call: |\n'))).toContain('iam:');
    const operations = await offered(runbook('  - id: a\n    title: A\n    call: iam:Upd|\n'));
    expect(operations.find(({label}) => label === 'iam:UpdateRole')).toMatchObject({
      detail: 'changes something',
      textEdit: {newText: 'iam:UpdateRole'},
    });
    expect(await labels(runbook('  - {id: a, title: A, call: imagebuilder:|}\n'))).toContain(
      'imagebuilder:ListImages',
    );
  });

  it('offers the members that a request may still have, also those of an object in it', async () => {
    const update =
      '  - id: a\n    title: A\n    call: iam:UpdateRole\n    with:\n      RoleName: x\n      |\n';
    expect(await labels(runbook(update))).toEqual(['Description', 'MaxSessionDuration']);
    const nested =
      '  - id: a\n    title: A\n    call: iam:CreateRole\n    with:\n      Tags:\n        - Key: x\n          |\n';
    expect(await labels(runbook(nested))).toEqual(['Value']);
    const flow = '  - {id: a, title: A, call: iam:GetRole, with: {Ro|}}\n';
    expect((await offered(runbook(flow)))[0]).toMatchObject({
      label: 'RoleName',
      detail: 'a text, required',
      textEdit: {newText: 'RoleName: '},
    });
  });

  it.each([
    ['the steps before', 'when: ${{ length(steps.|', ['roles']],
    ['the output of a step', 'forEach: ${{ steps.roles.| }}', ['output']],
    ['inputs', 'forEach: ${{ [inputs.|', ['path']],
  ])('offers %s', async (_what, text, names) => {
    const step = `  - id: a\n    title: A\n    ${text}\n    call: iam:GetRole\n    with: {RoleName: x}\n`;
    expect(await labels(runbook(step))).toEqual(names);
  });

  it.each([
    ['of each item of a list', 'forEach: ${{ steps.roles.output[].|'],
    ['in a filter', 'forEach: ${{ steps.roles.output[?RoleN|'],
    ['of an item', 'forEach: ${{ steps.roles.output }}\n    label: ${{ item.Ro| }}'],
    ['of the answer', 'output: ${{ Role.|'],
  ])('offers the members %s', async (_what, text) => {
    const step = `  - id: a\n    title: A\n    ${text}\n    call: iam:GetRole\n    with: {RoleName: x}\n`;
    expect(await labels(runbook(step))).toContain('RoleName');
  });

  it('explains an operation with its request, its answer and a link', async () => {
    const text = await hovered(runbook('').replace('iam:List', 'iam:Li|st'));
    expect(text).toContain('**iam:ListRoles** only reads');
    expect(text).toContain('- `PathPrefix`: a text');
    expect(text).toContain('- `Roles`: a list, with an object each');
    expect(text).toContain('https://docs.aws.amazon.com/');
  });

  it('explains a member of a request, and what a path gives', async () => {
    const step =
      '  - id: a\n    title: A\n    forEach: ${{ steps.roles.output }}\n    call: iam:GetRole\n' +
      '    with:\n      RoleName: ${{ item.RoleName }}\n';
    expect(await hovered(runbook(step).replace('RoleName:', 'Ro|leName:'))).toContain(
      '`RoleName` is a text\n\nIt is required.',
    );
    expect(await hovered(runbook(step).replace('roles.output', 'roles.out|put'))).toMatch(
      /^`steps\.roles\.output` is a list.*\n\n- `/,
    );
    expect(await hovered(runbook(step).replace('item.Role', 'item.Ro|le'))).toBe('`item.RoleName` is a text');
  });

  it('leaves other YAML alone', async () => {
    const other = pathToFileURL(join(home, 'compose.yaml')).href;
    const text = 'services: {a: b}\n';
    editor.notify('textDocument/didOpen', {textDocument: {uri: other, languageId: 'yaml', version: 1, text}});
    const found = await editor.next(
      'textDocument/publishDiagnostics',
      (one: {uri: string}) => one.uri === other,
    );
    expect(found).toEqual({uri: other, diagnostics: []});
  });

  it('stays quiet where it knows nothing', async () => {
    expect(await labels(runbook('  - id: |\n'))).toEqual([]);
    expect(await hovered(runbook('').replace('title: List', 'ti|tle: List'))).toBeUndefined();
  });

  it('waits for no pipe that a runbook includes, and takes no sign that cannot be seen', async () => {
    execFileSync('mkfifo', [join(home, 'pipe.yaml')]);
    await complains('  - include: pipe.yaml\n', 'it is not a file');
    await complains('  - {id: a, title: "A\u200b", call: iam:ListRoles}\n', 'U+200B');
  });
});
