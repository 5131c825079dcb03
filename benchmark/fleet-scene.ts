import {prepareInk} from '../source/ui/choose-view.ts';
import {FleetPlay, accountsOf, fleetStart} from '../test/ui/fleet-fixture.ts';
import {looked, regions} from '../test/ui/run-fixture.ts';

/** Accounts of the fleet, and those of them that work at the same time. */
const size = 500;
const working = 10;

/** Times that the scene's clock begins at. */
const begin = fleetStart + 60_000;
const clock = (): number => begin + performance.now();

/** A fleet in its second wave: a tenth of its accounts cannot be entered, and some work. */
function inWave(): FleetPlay {
  const accounts = accountsOf(size);
  const play = new FleetPlay().begin(accounts);
  accounts.forEach(({id}, index) => {
    if (index % 10 === 0) {
      const message = `User: kim is not authorized to perform: sts:AssumeRole${index % 3} on ${id}`;
      play.look(2, id, {outcome: 'closed', message, changes: []});
    } else play.look(2, id);
  });
  const ids = accounts.flatMap(({id}, index) => (index % 10 === 0 ? [] : [id]));
  play.wave(3, ids.slice(0, 1));
  const {wave} = play.ask(4, ...ids.slice(1, 1 + working));
  play.at(4, {type: 'wave-answered', wave, accepted: true, by: 'kim'});
  for (const account of ids.slice(1, 1 + working)) {
    play.at(4, {type: 'child-started', account, run: `run-${account}`});
  }
  return play;
}

/**
 * Shows a fleet of 500 accounts. With `changing`, every account at work makes calls each second; with `asked`, one wave of
 * all the accounts that are left is asked about.
 */
export async function fleetScene({
  changing,
  unfolded = false,
  asked = false,
}: {
  changing: boolean;
  unfolded?: boolean;
  asked?: boolean;
}): Promise<void> {
  prepareInk(process.env);
  const {createFleetScreen} = await import('../source/ui/fleet/screen/fleet-screen-view.tsx');
  const {stdout, stdin, env} = process;
  const view = createFleetScreen({
    stdout,
    stdin,
    env,
    now: clock,
    onInterrupt: () => undefined,
    readRun: () => undefined,
  });
  const play = inWave();
  view.publish(play.state, play.events);
  const going = [...play.state.accounts.values()].filter(({phase}) => phase === 'going');
  const run = looked();
  for (const {account} of going) view.child(account, run.state, run.events.slice(-20));
  if (asked) {
    const left = [...play.state.accounts.values()].filter(({phase}) => phase === 'ready');
    const question = play.ask(5, ...left.map(({account}) => account.id));
    view.publish(play.state, play.events.slice(-1));
    void view.askWave(question, play.state, new AbortController().signal);
  }
  if (unfolded) stdin.emit('data', Buffer.from(' '));
  // Its first minute is over once the compiler has seen the drawing code a hundred times.
  for (let frame = 0; frame < 100; frame += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    stdout.emit('resize');
  }
  if (!changing) return;
  let turn = 0;
  setInterval(() => {
    turn += 1;
    const at = clock();
    for (const {account} of going) {
      const calls = regions.map((region, index) => ({
        type: 'call-started' as const,
        call: turn * 100 + index,
        item: '',
        phase: 'poll' as const,
        operation: 'imagebuilder:ListImageBuildVersions',
        effect: 'read' as const,
        attempt: 1,
        page: 1,
        input: {},
        at,
        step: 'quiet',
        region,
      }));
      view.child(account, run.state, calls);
    }
  }, 1000);
}
