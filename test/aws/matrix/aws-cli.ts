import {execFileSync, spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {createInterface} from 'node:readline';
import {environmentOf, makeHome} from './places.ts';
import type {Recorder} from './recorder.ts';
import {operations, type Row} from './row.ts';

export interface AwsCli {
  /** The Python that it runs in. */
  readonly python: string;
  readonly version: string;
}

/** The AWS CLI on the path; undefined when there is none, or it brings its Python along unseen. */
export function awsCli(): AwsCli | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, 'aws');
    const python = existsSync(file) ? pythonOf(readFileSync(file, 'utf8')) : undefined;
    if (python === undefined) continue;
    return {
      python,
      version: String(execFileSync(python, ['-c', 'import awscli; print(awscli.__version__)'])).trim(),
    };
  }
  return undefined;
}

function pythonOf(script: string): string | undefined {
  const inside = /^#!(\S*python\S*)/.exec(script)?.[1];
  // A shim of pyenv starts the `aws` of the version that is in use.
  const pyenv = /^exec "(\S+\/pyenv)" exec /m.exec(script)?.[1];
  if (inside !== undefined || pyenv === undefined) return inside;
  return pythonOf(readFileSync(String(execFileSync(pyenv, ['which', 'aws'])).trim(), 'utf8'));
}

/** Processes at the same time. */
const atOnce = 2;

/** What comes of every row with the AWS CLI: requests, or the last line that it says. */
export async function askCli(
  {python}: AwsCli,
  rows: readonly Row[],
  recorder: Recorder,
): Promise<readonly string[][]> {
  const said = new Map<string, string>();
  const share = async (part: number): Promise<void> => {
    const home = makeHome();
    const asks = rows.flatMap((row, index) => {
      if (index % atOnce !== part) return [];
      const profile = row.profileForCli ?? row.profile;
      const args = [...operations[row.operation], ...(profile === undefined ? [] : ['--profile', profile])];
      const name = `cli-${index}`;
      return [{name, args, env: environmentOf(row, name, home, recorder)}];
    });
    // It keeps HOME, and the place of its tables, from its import on.
    const child = spawn(python, ['-c', forkForEach, JSON.stringify(recorder.standIns)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {...process.env, HOME: home},
    });
    child.stdin.end(JSON.stringify(asks));
    for await (const line of createInterface({input: child.stdout})) {
      const [name = '', words = ''] = JSON.parse(line) as string[];
      said.set(name, words);
    }
  };
  await Promise.all(Array.from({length: atOnce}, (_, part) => share(part)));
  return rows.map((_, index) => {
    const name = `cli-${index}`;
    // Without what differs from run to run, or fills a page.
    const words = (said.get(name) ?? 'it never ended')
      .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')
      .replace(/ hostname '.*$/, '')
      .slice(0, 200);
    return [...recorder.requests(name), ...(words === '' ? [] : [`fails: ${words}`])];
  });
}

/** Imports the CLI once, and asks it in a process for each row, with none of the keys that it keeps between them. Leads it here, as {@link ledHere}. */
const forkForEach = `
import json, os, shutil, socket, sys, tempfile
from awscli.clidriver import create_clidriver
ports = json.loads(sys.argv.pop())
usual = socket.socket.connect
def connect(self, address):
    port = ports.get(address[0])
    return usual(self, address if port is None else ('127.0.0.1', port))
socket.socket.connect = connect
tables = os.environ['AWS_DATA_PATH']
for one in json.load(sys.stdin):
    shutil.rmtree(os.path.join(one['env']['HOME'], '.aws', 'cli'), ignore_errors=True)
    words = tempfile.TemporaryFile()
    child = os.fork()
    if child == 0:
        os.environ.clear()
        os.environ.update(one['env'], AWS_DATA_PATH=tables)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.dup2(words.fileno(), 2)
        code = 70
        try:
            code = create_clidriver().main(one['args'])
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    words.seek(0)
    lines = [line for line in words.read().decode().split('\\n') if line.strip()]
    print(json.dumps([one['name'], '' if status == 0 else lines[-1] if lines else f'status {status}']), flush=True)
`;
