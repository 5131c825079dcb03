import {writeFileSync} from 'node:fs';

// Loaded before a program (`node --import`): at its end it writes the longest time of the processor, in ms, that its
// thread took between two chances of the event loop to go on, to the file that HANDRAIL_STALLS names. Times of a clock
// would tell how busy the machine is. The start, which loads modules, is left out.
const file = process.env['HANDRAIL_STALLS'];
const startMs = 2000;
const everyMs = 5;

if (file !== undefined && process.threadCpuUsage !== undefined) {
  const taken = [];
  let before;
  setTimeout(() => {
    setInterval(() => {
      const {user, system} = process.threadCpuUsage(before);
      if (before !== undefined) taken.push((user + system) / 1000);
      before = process.threadCpuUsage();
    }, everyMs).unref();
  }, startMs).unref();
  process.on('exit', () => {
    const sorted = taken.toSorted((one, other) => other - one);
    writeFileSync(
      file,
      JSON.stringify({longest: sorted[0] ?? 0, above20: sorted.filter((ms) => ms > 20).length}),
    );
  });
}
