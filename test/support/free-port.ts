import {randomInt} from 'node:crypto';
import {createServer} from 'node:net';

/** Ports that this process was told to be free. */
const given = new Set<number>();

/**
 * A port that nobody listens on now. It is below those that systems give to connections and to servers that ask for any
 * port, so it stays free while one who listens there is dead.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
