import {spawn} from 'node:child_process';
import {wholeProgram} from './whole-program.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** An editor that talks to `handrail lsp`. */
export interface LanguageClient {
  request(method: string, params: object): Promise<unknown>;
  notify(method: string, params: object): void;
  /** Waits for the next message of this kind that passes a test. */
  next(method: string, passes: (params: never) => boolean): Promise<unknown>;
  /** Ends the connection as editors do, and returns the exit code. */
  end(): Promise<number | null>;
}

export function languageClient(home: string): LanguageClient {
  const [file, ...args] = [...wholeProgram, 'lsp', '--stdio'];
  const child = spawn(file ?? '', args, {
    env: {HOME: home, PATH: '/usr/bin:/bin'},
    cwd: home,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((settle) => child.once('close', settle));
  const kept: Message[] = [];
  let waiting: (() => void)[] = [];
  let left = Buffer.alloc(0);
  child.stdout.on('data', (bytes: Buffer) => {
    left = Buffer.concat([left, bytes]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(left.toString('latin1'));
      const length = Number(head?.[1]);
      const start = head?.[0].length ?? 0;
      if (head === null || left.length < start + length) break;
      kept.push(JSON.parse(left.subarray(start, start + length).toString('utf8')) as Message);
      left = left.subarray(start + length);
    }
    const wake = waiting;
    waiting = [];
    for (const one of wake) one();
  });

  const send = (message: object): void => {
    const text = JSON.stringify({jsonrpc: '2.0', ...message});
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const take = async (wanted: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const at = kept.findIndex(wanted);
      const [found] = at < 0 ? [] : kept.splice(at, 1);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => waiting.push(wake));
    }
  };
  let ids = 0;
  const request = async (method: string, params: object): Promise<unknown> => {
    const id = (ids += 1);
    send({id, method, params});
    return (await take((message) => message.id === id && message.method === undefined)).result;
  };
  return {
    request,
    notify: (method, params) => send({method, params}),
    next: async (method, passes) =>
      (await take((message) => message.method === method && passes(message.params as never))).params,
    end: async () => {
      await request('shutdown', {});
      send({method: 'exit'});
      return ended;
    },
  };
}
