import {exitCodes} from './exit-codes.ts';

/** Error codes of a stream whose reader went away: `| head -1`, a closed pager, a terminal that hung up. */
const readerGone: readonly unknown[] = ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'];

/**
 * Keeps a lost output from ending the process. A reader that went away has read enough, so no message follows.
 * A full disk behind `>` gets a line, and the exit code reports the failure.
 */
export function surviveLostOutput(): void {
  let told = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (told || readerGone.includes(error.code)) return;
    told = true;
    process.stderr.write(`handrail: standard output cannot be written: ${error.code ?? error.message}\n`);
    process.once('exit', (code) => {
      if (code === exitCodes.done) process.exitCode = exitCodes.failed;
    });
  });
  process.stderr.on('error', () => {
    // There is no place left to say it.
  });
}
