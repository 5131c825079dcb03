import type {Event} from '../../../engine/model/events.ts';
import {evolveAll, initialState} from '../../../engine/evolve/evolve.ts';
import type {FleetAnswer} from '../../../fleet/events.ts';
import {accountLabel} from '../../../fleet/account.ts';
import {endWord} from '../../../fleet/fleet-end.ts';
import type {AccountPhase} from '../../../fleet/state.ts';
import {capital} from '../../../text/capital.ts';
import {count} from '../../../wording/fault-text.ts';
import {LiveRun} from '../../run/live-run.ts';
import {RunScreen} from '../../run/run-screen.tsx';
import {InkSession, type TerminalOptions} from '../../terminal/ink-session.tsx';
import {waitingForYou} from '../accounts/account-item.ts';
import {closingText} from '../closing-text.ts';
import type {StopWish} from '../../view.ts';
import type {FleetView} from '../fleet-view.ts';
import {FleetScreen} from './fleet-screen.tsx';
import {freshFleetScreen, type FleetScreenState} from './fleet-screen-state.ts';
import {newsOf} from './fleet-news.ts';
import {LiveFleet} from './live-fleet.ts';

interface FleetScreenOptions extends TerminalOptions {
  /** The operator wants to stop, or the terminal is gone. */
  readonly onInterrupt: (why?: StopWish) => void;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Reads what happened in an account's run, from its journal; undefined where it has none that can be read. */
  readonly readRun: (run: string) => readonly Event[] | undefined;
}

/** A run that is over, as it was read for an account's screen. */
interface ReadRun {
  readonly run: string;
  /** Where its account stood: a run that goes on is read again when it is over. */
  readonly phase: AccountPhase;
  readonly live: LiveRun;
}

/** The fleet on the whole screen of a terminal. Nothing else may write to the terminal until it is closed. */
export function createFleetScreen(options: FleetScreenOptions): FleetView {
  const {onInterrupt, now, readRun, ...terminal} = options;
  const left = Promise.withResolvers<void>();
  let screen: FleetScreenState = freshFleetScreen;
  let read: ReadRun | undefined;
  const fleet = new LiveFleet({
    changed: () => session.frames.soon(),
    progressed: () => session.frames.inTime(),
  });
  const become = (next: FleetScreenState): void => {
    screen = next;
    session.frames.now();
  };
  const back = (): void => {
    read = undefined;
    become({...screen, opened: undefined});
  };

  /** The run of an account: the one under way, else its last one, read from its journal. */
  const runOf = (account: string): LiveRun | undefined => {
    if (fleet.isWorking(account)) return fleet.run(account);
    const {run, lookRun, phase = 'unlooked'} = fleet.state.accounts.get(account) ?? {};
    for (const id of [run, lookRun]) {
      if (id === undefined) continue;
      if (read?.run === id && read.phase === phase) return read.live;
      const events = readRun(id);
      if (events === undefined || events.length === 0) continue;
      const live = new LiveRun({changed: () => undefined, progressed: () => undefined});
      live.publish(evolveAll(initialState, events), events);
      read = {run: id, phase, live};
      return live;
    }
    return undefined;
  };

  const session = new InkSession({
    ...terminal,
    onGone() {
      left.resolve();
      onInterrupt();
    },
    tree(columns, rows) {
      const {opened} = screen;
      const run = opened === undefined ? undefined : runOf(opened);
      if (run === undefined || opened === undefined) {
        screen = {...screen, opened: undefined};
        return (
          <FleetScreen
            {...fleet.shown(now())}
            columns={columns}
            rows={rows}
            latest={() => screen}
            become={become}
            onOpen={(account) =>
              become(runOf(account) === undefined ? {...screen, page: account} : {...screen, opened: account})
            }
            onCommand={fleet.command}
            onInterrupt={onInterrupt}
            onLeave={left.resolve}
          />
        );
      }
      return (
        <RunScreen
          key={`${opened} ${read?.run ?? ''}`}
          {...run.shown(now())}
          within={{news: newsElsewhere(fleet, opened, now())}}
          columns={columns}
          rows={rows}
          onInterrupt={(why) => (why === 'q' ? back() : onInterrupt())}
          onCommand={run.command}
          onStopAccount={() => fleet.stop(opened)}
          onLeave={back}
          onBack={back}
        />
      );
    },
  });
  // Every elapsed time and countdown moves with it.
  session.frames.everySecond();

  return {
    opening: fleet.opening,
    publish: fleet.publish,
    child(account, state, events) {
      const stood = fleet.isStanding(account.id);
      fleet.child(account, state, events);
      if (!stood && fleet.isStanding(account.id))
        session.ring(`${accountLabel(account)} cannot go on without you`);
    },
    steering: fleet.steering,
    childSteering: fleet.childSteering,
    askWave(question, _state, signal): Promise<FleetAnswer> {
      session.ring(`a decision waits: wave ${question.wave}, ${count(question.accounts.length, 'account')}`);
      return fleet.askWave(question, signal);
    },
    async askChild(account, question, signal): Promise<FleetAnswer> {
      session.ring(`a decision waits: ${accountLabel(account)} asks about more than its wave agreed to`);
      const {accepted, by, typed} = await fleet.askChild(account, question, signal);
      return {accepted, by, ...(typed === undefined ? {} : {typed})};
    },
    async close(last) {
      // A second call does not wait for the operator.
      if (fleet.isClosing || last.state.ended === undefined || !terminal.stdin.isTTY) left.resolve();
      fleet.close(last);
      const {ended} = last.state;
      if (ended !== undefined) session.ring(`the fleet has ended: ${endWord(ended.status)}`);
      await session.untilLeft(left.promise, left.resolve);
      await session.end(closingText(last));
    },
  };
}

/** A need for the operator that an account's own screen does not show. */
function newsElsewhere(fleet: LiveFleet, opened: string, now: number): string | undefined {
  const shown = fleet.shown(now);
  const {state, wave} = shown;
  if (wave !== undefined)
    return `! ${capital(newsOf(state, {now, asking: new Set(), runs: new Map()}).text)}: Esc goes there`;
  const label = (id: string): string => accountLabel(state.accounts.get(id)?.account ?? {id});
  const {asking, standing} = waitingForYou(state, shown);
  const asks = asking.find((id) => id !== opened);
  if (asks !== undefined) return `! ${label(asks)} asks you something: Esc, then d`;
  const stands = standing.find((id) => id !== opened);
  if (stands !== undefined) return `! ${label(stands)} cannot go on without you: Esc, then d`;
  return state.ended === undefined ? undefined : `The fleet has ended: ${endWord(state.ended.status)}`;
}
