import {fork} from 'node:child_process';
import {join} from 'node:path';

/** What went through the proxy of one run. */
export interface TlsCounts {
  readonly handshakes: number;
  /** Handshakes that took a session up again. */
  readonly resumed: number;
  readonly bytes: number;
  readonly hosts: number;
}

export interface TlsFront {
  /** Environment of a subject behind it. */
  readonly env: NodeJS.ProcessEnv;
  counts(): Promise<TlsCounts>;
  stop(): void;
}

/** Starts an inspecting proxy in front of a simulator: TLS for each of AWS's host names, `roundTripMs` away. */
export async function tlsInFrontOf(endpoint: string, roundTripMs: number): Promise<TlsFront> {
  const child = fork(
    join(import.meta.dirname, 'tls-front-process.ts'),
    [new URL(endpoint).port, String(roundTripMs)],
    {stdio: ['ignore', 'ignore', 'inherit', 'ipc']},
  );
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('exit', () => reject(new Error('the TLS front ended')));
    });
  const {proxy, certificate} = await next<{proxy: string; certificate: string}>();
  return {
    env: {HTTPS_PROXY: proxy, AWS_CA_BUNDLE: certificate},
    counts: async () => {
      const answer = next<TlsCounts>();
      child.send('report');
      return answer;
    },
    stop: () => child.disconnect(),
  };
}
