import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished, vi} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {readJournal} from '../../source/journal/read.ts';
import {encodeRecord, genesis} from '../../source/journal/record.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {canonical, type ApprovalBody} from '../../source/runs/approvals/approval.ts';
import {fateOf, leave} from '../../source/runs/approvals/inbox.ts';
import {openQuestion} from '../../source/runs/approvals/open-question.ts';
import {NoSshKeygen, signedText, signerOf} from '../../source/runs/approvals/ssh-signature.ts';
import {verifiedSignatures} from '../../source/runs/approvals/verified.ts';
import {policiesFor} from '../../source/runs/policy/find-policies.ts';
import {execute} from '../../source/runs/start-run.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedAccount} from '../support/simulated-account.ts';
import {liveOrder} from '../support/live-order.ts';

const silent = {yes: false, confirm: [], everything: false, waive: []};

/** Where OpenSSH is not installed, the tests that need it are listed as skipped, under a name that says why. */
const hasSshKeygen = spawnSync('ssh-keygen', ['-Y']).error === undefined;

/** A folder with keys, a file of allowed signers for some of them, and a policy that names it. */
function team(): {readonly folder: string; readonly key: (name: string) => string} {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-keys-'));
  const key = (name: string): string => join(folder, name);
  const lines = ['lee', 'old', 'stranger'].map((name) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key(name)]);
    const until = name === 'old' ? ',valid-before="20200101"' : '';
    const [kind, text] = readFileSync(key(`${name}.pub`), 'utf8').split(' ');
    return `${name}@example.com namespaces="handrail"${until} ${kind} ${text}\n`;
  });
  writeFileSync(join(folder, 'allowed_signers'), lines.slice(0, 2).join(''));
  writeFileSync(join(folder, 'policy.yaml'), 'policy: 1\nnotCaller: true\nallowedSigners: allowed_signers\n');
  return {folder, key};
}

/** A signature in another namespace than Handrail's. */
function signedForFiles(body: string, key: string): string {
  return execFileSync('ssh-keygen', ['-Y', 'sign', '-n', 'file', '-f', key], {
    input: body,
    stdio: 'pipe',
  }).toString();
}

describe.runIf(hasSshKeygen)('signed approvals (they need ssh-keygen, of openssh-client)', () => {
  it('count when an allowed key made them for just this, and are refused with the reason otherwise', async () => {
    const {folder, key} = team();
    const account = await simulatedAccount(loadScenario('calm'));
    onTestFinished(() => account.close());
    const policies = policiesFor('', join(folder, 'policy.yaml'), {HOME: folder});
    const left: [string, string][] = [];
    let journal = '';
    const leaveAll = async (): Promise<void> => {
      const {body} = openQuestion(journal);
      const put = (approval: {body: string; by: string; signature?: string}, says: string): void =>
        void left.push([leave(journal, approval), says]);
      const text = canonical(body);
      const signature = await signedText(text, key('lee'));
      const by = 'lee@example.com';
      const tampered = signature.replace(
        /^(.{80})(.)/ms,
        (_, before: string, one: string) => before + (one === 'A' ? 'B' : 'A'),
      );
      put({body: text, by}, 'only signed approvals count: handrail approve RUN --sign KEY');
      put({body: text, by, signature: tampered}, 'the signature does not fit');
      const other: ApprovalBody = {...body, changes: body.changes + 1};
      put(
        {body: canonical(other), by, signature},
        `it says ${body.changes + 1} changes, and there are ${body.changes}`,
      );
      put({body: canonical({...body, typed: 'x'}), by, signature}, 'incorrect signature');
      put(
        {body: text, by, signature: await signedText(text, key('stranger'))},
        'is none of the allowed signers',
      );
      put({body: text, by, signature: await signedText(text, key('old'))}, 'key has expired');
      put({body: text, by, signature: signedForFiles(text, key('lee'))}, 'namespace does not match');
      // The name that counts is the key's, not the one that is written beside it.
      leave(journal, {body: text, by: 'ops/kim', signature});
    };
    const outcome = await account.command(
      (around) => execute(liveOrder(account, {answers: silent, policies}), around),
      (state, events, stop) => {
        if (events.some(({type}) => type === 'answered')) return stop();
        if (!events.some(({type}) => type === 'asked')) return;
        journal = join(account.stateHome, 'handrail', `${state.started?.run}.jsonl`);
        void leaveAll();
      },
    );
    const approved = outcome.view.events.flatMap((event) => (event.type === 'approved' ? [event] : []));
    expect(approved).toMatchObject([
      {by: 'lee@example.com', number: 1, needed: 1, signature: {signer: 'lee@example.com'}},
    ]);
    for (const [name, says] of left) {
      expect(fateOf(journal, name)).toMatchObject({refused: expect.stringContaining(says) as string});
    }
    const whole = readJournal(journal);
    const print = approved[0]?.signature?.key ?? '';
    expect(print).toMatch(/^SHA256:/);
    expect(markdownOf(reportOf(whole))).toContain(print);
    expect(verifiedSignatures(whole).map(({problem}) => problem)).toEqual([undefined]);
    // A journal can be rewritten, hashes and all; what was signed cannot.
    for (const [change, says] of [
      [{changes: 1}, 'what was signed is not what the journal says'],
      [{by: 'sam@example.com'}, 'it is the signature of lee@example.com'],
      [{digest: 'f0'.repeat(32)}, 'what was signed is not what the journal says'],
    ] as const) {
      const forged = rewritten(journal, whole.run, join(folder, 'forged.jsonl'), change);
      expect(verifiedSignatures(readJournal(forged))[0]?.problem).toContain(says);
    }
  });
});

/** A copy of a journal whose hashes fit, in which an approval was changed. */
function rewritten(journal: string, run: string, file: string, change: object): string {
  let previous = genesis;
  const written = readFileSync(journal, 'utf8').trimEnd().split('\n');
  const lines = written.map((text, index) => {
    const {event, more} = JSON.parse(text) as {event: Event; more?: boolean};
    const said = event.type === 'approved' ? {...event, ...change} : event;
    const {line, hash} = encodeRecord(run, index + 1, previous, said, more === true);
    previous = hash;
    return `${line}\n`;
  });
  writeFileSync(file, lines.join(''));
  return file;
}

it('says that ssh-keygen is missing, and where it comes from', async () => {
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  const about = 'ssh-keygen is not on this host: it comes with OpenSSH';
  expect(() => signerOf({text: '{}', signature: ''}, '', 0)).toThrow(NoSshKeygen);
  expect(() => signerOf({text: '{}', signature: ''}, '', 0)).toThrow(about);
  await expect(signedText('{}', '/nowhere/key')).rejects.toThrow(about);
});
