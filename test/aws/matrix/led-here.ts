import {Socket} from 'node:net';

type Connect = (this: Socket, ...args: unknown[]) => Socket;

/**
 * Leads this process's connections to some addresses to ports of this host, while work is done. AWS serves them on its
 * own machines alone, and this host cannot have them.
 */
export async function ledHere<T>(
  standIns: Readonly<Record<string, number>>,
  work: () => Promise<T>,
): Promise<T> {
  const usual = Socket.prototype.connect as Connect;
  const led: Connect = function (...args) {
    // Node hands over its own list, or the caller's options.
    const given = Array.isArray(args[0]) ? (args[0] as readonly unknown[])[0] : args[0];
    const options = given as {host?: string; port?: unknown} | undefined;
    const port = standIns[options?.host ?? ''];
    if (port !== undefined) Object.assign(options ?? {}, {host: '127.0.0.1', port});
    return usual.apply(this, args);
  };
  Socket.prototype.connect = led as typeof Socket.prototype.connect;
  try {
    return await work();
  } finally {
    Socket.prototype.connect = usual as typeof Socket.prototype.connect;
  }
}
