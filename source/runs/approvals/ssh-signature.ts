import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';

/** The namespace of Handrail's signatures: one that was made for another purpose is refused. */
const namespace = 'handrail';

/** Longest time of a check, which takes some 10 ms (ms). */
const longestMs = 20_000;

/** A signature could not be made or checked; the message says why, in a line. */
export class NoSignature extends Error {
  override readonly name = 'NoSignature';
}

/** ssh-keygen cannot be started, so nothing is known of a signature. */
export class NoSshKeygen extends NoSignature {
  constructor() {
    super('ssh-keygen is not on this host: it comes with OpenSSH (Debian: openssh-client)');
  }
}

/** Who signed, and with which key. */
export interface Signer {
  /** The name that the allowed signers have for the key. */
  readonly signer: string;
  /** The key's fingerprint, as `SHA256:…`. */
  readonly key: string;
}

/**
 * Signs a text with a key: a private key's file, or a public key's whose private part is in the agent or on a FIDO device.
 * ssh-keygen may ask at the terminal. Throws {@link NoSignature}.
 */
export async function signedText(text: string, key: string): Promise<string> {
  const child = spawn('ssh-keygen', ['-Y', 'sign', '-n', namespace, '-f', key], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const {promise, resolve, reject} = Promise.withResolvers<number | null>();
  child.on('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'ENOENT' ? new NoSshKeygen() : new NoSignature(`ssh-keygen: ${error.message}`)),
  );
  child.on('close', resolve);
  child.stdin.on('error', () => undefined).end(text);
  const [output, code] = await Promise.all([buffer(child.stdout), promise]);
  const signature = output.toString('utf8');
  if (code === 0 && signature.startsWith('-----BEGIN SSH SIGNATURE-----')) return signature;
  throw new NoSignature(`ssh-keygen did not sign with ${key}: it ended with ${code ?? 'a signal'}`);
}

/**
 * Returns who signed a text, by one file of allowed signers and at a time (ms since the epoch): a key that has expired since
 * counted then. Throws {@link NoSignature} with the reason.
 */
export function signerOf(
  {text, signature}: {readonly text: string; readonly signature: string},
  allowedSigners: string,
  at: number,
): Signer {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-signature-'));
  try {
    const [signatureFile, signersFile] = [join(folder, 'signature'), join(folder, 'allowed_signers')];
    writeFileSync(signatureFile, signature, {mode: 0o600});
    writeFileSync(signersFile, allowedSigners, {mode: 0o600});
    const when = `-Overify-time=${timeOf(at)}`;
    const intact = sshKeygen(['check-novalidate', '-n', namespace, '-s', signatureFile], text);
    if (!intact.ok) throw new NoSignature(`the signature does not fit: ${intact.said}`);
    const key = /SHA256:\S+/.exec(intact.out)?.[0] ?? '';
    const found = sshKeygen(['find-principals', '-s', signatureFile, '-f', signersFile, when], '');
    const [signer = ''] = found.out.split('\n');
    if (!found.ok || signer === '') {
      throw new NoSignature(`the key ${key} is none of the allowed signers' at that time: ${found.said}`);
    }
    const verify = ['verify', '-f', signersFile, '-I', signer, '-n', namespace, '-s', signatureFile, when];
    const verified = sshKeygen(verify, text);
    if (!verified.ok) throw new NoSignature(`the signature of ${signer} does not hold: ${verified.said}`);
    return {signer, key};
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Calls `ssh-keygen -Y`. Throws {@link NoSshKeygen}, and {@link NoSignature} where it hangs. */
function sshKeygen(
  args: readonly string[],
  input: string,
): {readonly ok: boolean; readonly out: string; readonly said: string} {
  const {error, status, stdout, stderr} = spawnSync('ssh-keygen', ['-Y', ...args], {
    input,
    encoding: 'utf8',
    timeout: longestMs,
    // Its words are looked for.
    env: {...process.env, LC_ALL: 'C'},
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw new NoSshKeygen();
  if (error !== undefined) throw new NoSignature(`ssh-keygen: ${error.message}`);
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return {ok: status === 0, out: stdout, said: saidIn(lines)};
}

/** The first line has the cause; it names files of a folder that is gone by then. */
function saidIn([first = 'ssh-keygen says no more']: readonly string[]): string {
  return first.trim().replace(/^\S+\/allowed_signers:/, 'allowed signers, line ');
}

/** A time as ssh-keygen takes it. */
function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
