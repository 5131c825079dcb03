/**
 * Shows a scene inside the pseudo-terminal of benchmark/screen.ts: `screen-child.ts SCENE REPORT`. It stops at
 * SIGUSR2 and writes its measurements to the file REPORT.
 */
import {writeFileSync} from 'node:fs';
import {prepareInk} from '../source/ui/choose-view.ts';
import type {Event} from '../source/engine/model/events.ts';
import {evolve} from '../source/engine/evolve/evolve.ts';
import {LaneMap} from '../source/engine/model/lane-map.ts';
import type {Lane, RunState} from '../source/engine/model/state.ts';
import {fleetScene} from './fleet-scene.ts';
import {Play, looked, regions, start} from '../test/ui/run-fixture.ts';

const [scene = 'waiting', report = ''] = process.argv.slice(2);

/** Times that the scene's clock begins at: after the run's own events. */
const begin = start + 60_000;
const clock = (): number => begin + performance.now();

const place = (region: string): {step: string; region: string} => ({step: 'quiet', region});

/** Every Region waits for its next look, in five minutes. */
function waiting(): Play {
  const play = looked();
  for (const region of regions) {
    play.at(50, {
      type: 'step-started',
      items: [{key: '', value: null}],
      deadline: start + 3_600_000,
      ...place(region),
    });
    play.calls(50, place(region), '', 'imagebuilder:ListImageBuildVersions', {
      ok: true,
      nextPollAt: start + 360_000,
    });
  }
  return play;
}

/** As many rows as `count` accounts and Regions make, one in seven with something in use. */
function many(count: number): Play {
  const play = looked();
  const kinds = [...play.state.lanes];
  const rows = Array.from({length: count}, (_, index) => {
    const region = `${String(index).padStart(5, '0')}/eu-west-1`;
    const lane = {...(kinds[index % kinds.length] as Lane), region};
    return [region, lane] as const;
  });
  play.state = {...play.state, lanes: LaneMap.of(rows)};
  return play;
}

async function screen(
  play: Play,
  change?: (state: RunState, turn: number) => readonly Event[],
  every = 1000,
) {
  prepareInk(process.env);
  const {createScreen} = await import('../source/ui/run/run-view.tsx');
  const {stdout, stdin, env} = process;
  const view = createScreen({stdout, stdin, env, now: clock, onInterrupt: () => {}});
  view.steering?.(() => {});
  let {state} = play;
  view.publish(state, play.events.slice(-200));
  // A wait takes minutes. Its first minute is over once the compiler has seen the drawing code a hundred times.
  for (let frame = 0; frame < 100; frame += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    stdout.emit('resize');
  }
  let turn = 0;
  if (change === undefined) return;
  setInterval(() => {
    turn += 1;
    const events = change(state, turn);
    state = events.reduce(evolve, state);
    view.publish(state, events);
  }, every);
}

let call = 100_000;

/** Every Region was looked at again, and something is different in each. */
function allChange(_state: RunState, turn: number): readonly Event[] {
  const at = clock();
  return regions.flatMap((region, index): readonly Event[] => {
    call += 1;
    return [
      {
        type: 'call-started',
        call,
        item: '',
        phase: 'poll',
        operation: 'imagebuilder:ListImageBuildVersions',
        effect: 'read',
        attempt: 1,
        page: 1,
        input: {},
        at,
        ...place(region),
      },
      {
        type: 'call-succeeded',
        call,
        ms: 40,
        nextPollAt: at + 1000,
        summary: `${((turn + index) % 9) + 1} running`,
        at,
      },
    ];
  });
}

/** Runs the same 34 tasks in listr2, waiting or with a change in each once a second. */
async function listr(changing: boolean): Promise<void> {
  const {Listr} = await import('listr2');
  const tasks = regions.map((region, index) => ({
    title: `${region}  next look in 5:00`,
    task: (_: unknown, task: {title: string}) =>
      new Promise<void>(() => {
        let turn = index;
        if (changing) setInterval(() => (task.title = `${region}  ${(turn++ % 9) + 1} running`), 1000);
      }),
  }));
  void new Listr(tasks, {concurrent: true}).run();
}

const scenes: Readonly<Record<string, () => Promise<void>>> = {
  waiting: () => screen(waiting()),
  changing: () => screen(waiting(), allChange),
  // Ten times as much as any run makes, so that the terminal is always behind.
  flood: () => screen(waiting(), allChange, 100),
  many: () => screen(many(5000)),
  'fleet-waiting': () => fleetScene({changing: false}),
  'fleet-changing': () => fleetScene({changing: true}),
  'fleet-unfolded': () => fleetScene({changing: false, unfolded: true}),
  'fleet-asked': () => fleetScene({changing: false, asked: true}),
  'fleet-busy': () => fleetScene({changing: true, unfolded: true}),
  'listr2-waiting': () => listr(false),
  'listr2-changing': () => listr(true),
};

await scenes[scene]?.();

// The first second is for loading and compiling.
setTimeout(() => {
  let worst = 0;
  let last = performance.now();
  const from = {cpu: process.cpuUsage(), at: last};
  const beat = 5;
  const timer =
    scene === 'flood'
      ? setInterval(() => {
          const now = performance.now();
          worst = Math.max(worst, now - last - beat);
          last = now;
        }, beat)
      : undefined;
  writeFileSync(`${report}.ready`, '');
  process.on('SIGUSR2', () => {
    clearInterval(timer);
    const {user, system} = process.cpuUsage(from.cpu);
    const cpuShare = (user + system) / 1000 / (performance.now() - from.at);
    writeFileSync(report, JSON.stringify({cpuShare, worstStallMs: worst}));
    process.exit(0);
  });
}, 1500);
