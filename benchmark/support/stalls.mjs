import {subscribe} from 'node:diagnostics_channel';
import {writeFileSync} from 'node:fs';

// Loaded before a program (`node --import`): at its end it writes the longest time of the processor, in ms, that its
// thread took between two chances of the event loop to go on, to the file that HANDRAIL_STALLS names. Times of a clock
// would tell how busy the machine is. It begins with the first connection: the start, which loads modules, is left out.
const file = process.env['HANDRAIL_STALLS'];
const everyMs = 5;

if (file !== undefined && process.threadCpuUsage !== undefined) {
  const taken = [];
  let before;
  let begun = false;
  subscribe('net.client.socket', () => {
    if (begun) return;
    begun = true;
    setInterval(() => {
      const {user, system} = process.threadCpuUsage(before);
      if (before !== undefined) taken.push((user + system) / 1000);
      before = process.threadCpuUsage();
    }, everyMs).unref();
  });
  process.on('exit', () => {
    const sorted = taken.toSorted((one, other) => other - one);
    writeFileSync(
      file,
      JSON.stringify({longest: sorted[0] ?? 0, above20: sorted.filter((ms) => ms > 20).length}),
    );
  });
}
