import type {Policy} from '../engine/model/happenings/policy.ts';
import {bothLists} from '../engine/queries/change-window.ts';
import {changeKey} from '../engine/queries/change-key.ts';
import {isAccountWide} from './consent.ts';
import type {FleetEvent, LookOutcome} from './events.ts';
import {initialFleet, type AccountPhase, type AccountState, type FleetState, type Wave} from './state.ts';

/** Returns the state of a fleet after all of these events. */
export function evolveFleetAll(events: readonly FleetEvent[]): FleetState {
  return events.reduce(evolveFleet, initialFleet);
}

/** Returns the state of a fleet after one more event. */
export function evolveFleet(state: FleetState, event: FleetEvent): FleetState {
  return {...applied(state, event), now: event.at};
}

const afterLook: Readonly<Record<LookOutcome, AccountPhase>> = {
  ready: 'ready',
  clear: 'clear',
  blocked: 'shut',
  failed: 'shut',
  closed: 'shut',
};

function applied(state: FleetState, event: FleetEvent): FleetState {
  switch (event.type) {
    case 'fleet-started': {
      const rows = event.accounts.map((account): [string, AccountState] => [
        account.id,
        {account, phase: 'unlooked'},
      ]);
      return {...state, started: event, accounts: new Map(rows), ...withWindows(state, event.policyWindows)};
    }
    case 'look-started':
      return withAccount(state, event.account, {phase: 'looking', lookRun: event.run});
    case 'look-ended': {
      const {type: _, account, ...look} = event;
      const before = state.accounts.get(account)?.shownFirst;
      const shown = before ?? (look.outcome === 'ready' ? new Set(look.changes.map(changeKey)) : undefined);
      return withAccount(state, account, {
        phase: afterLook[look.outcome],
        look,
        ...(shown === undefined ? {} : {shownFirst: shown}),
      });
    }
    case 'wave-asked':
    case 'wave-answered':
    case 'wave-ended':
      return ofWave(state, event);
    case 'fleet-stopped':
      return {...state, stopped: event.why};
    case 'fleet-paused':
      return {...state, paused: event.why};
    case 'fleet-continued':
      return unpaused(state);
    case 'fleet-held':
      return {...state, held: event.by};
    case 'fleet-released':
      return released(state);
    case 'window-closed':
      return {...state, closed: event};
    case 'window-opened':
      return opened(state);
    case 'window-overridden': {
      const {by, reason, at} = event;
      return {...opened(state), overridden: {by, reason, at}};
    }
    case 'fleet-interrupted':
      return {...state, interrupted: event.signal};
    case 'fleet-resumed':
      return {
        ...resumed(state),
        ...withWindows(state, event.policyWindows),
        ...(event.windows === undefined ? {} : {windows: event.windows}),
      };
    case 'fleet-ended':
      return {...state, ended: event};
    default:
      return ofChild(state, event);
  }
}

function ofWave(
  state: FleetState,
  event: Extract<FleetEvent, {type: 'wave-asked' | 'wave-answered' | 'wave-ended'}>,
): FleetState {
  if (event.type === 'wave-asked') {
    const {type: _, at: __, ...wave} = event;
    const asked = wave.accounts.reduce(
      (sum, id) => withAccount(sum, id, {phase: 'asked', wave: wave.wave}),
      state,
    );
    return {...asked, waves: [...state.waves, wave], whole: wave.whole};
  }
  if (event.type === 'wave-ended') return withWave(state, event.wave, {endedAt: event.at});
  const {type: _, at: __, wave, ...answer} = event;
  const answered = withWave(state, wave, {answer});
  if (!answer.accepted) return answered;
  const ids = answered.waves.find((one) => one.wave === wave)?.accounts ?? [];
  return ids.reduce((sum, id) => withAccount(sum, id, {phase: 'agreed'}), answered);
}

function ofChild(state: FleetState, event: Extract<FleetEvent, {type: `child-${string}`}>): FleetState {
  const {account} = event;
  const before = state.accounts.get(account);
  if (event.type === 'child-started') {
    return withAccount(without(state, account, 'question', 'end'), account, {phase: 'going', run: event.run});
  }
  if (event.type === 'child-asked') {
    const {question, covered} = event;
    return withAccount(state, account, {question: {question, covered}});
  }
  if (event.type === 'child-ended') {
    const {type: _, at: __, account: ___, ...end} = event;
    return withAccount(without(state, account, 'question', 'deleting'), account, {phase: 'ended', end});
  }
  const open = before?.question;
  if (open === undefined) return state;
  const {type: _, at: __, account: ___, ...answer} = event;
  if (event.type === 'child-agreed') {
    return withAccount(state, account, {question: {...open, agreed: answer}});
  }
  const answered = without(state, account, 'question');
  if (!answer.accepted) return answered;
  const deletes = isAccountWide(open.question) ? {deleting: true as const} : {};
  return withAccount(answered, account, {touched: true, ...deletes});
}

function unpaused(state: FleetState): FleetState {
  const {paused: _, ...rest} = state;
  return rest;
}

function released(state: FleetState): FleetState {
  const {held: _, ...rest} = state;
  return rest;
}

/** Windows of a policy hold from then on, whatever a later process finds. */
function withWindows({policy}: FleetState, found: Policy['windows'] = []): Pick<FleetState, 'policy'> {
  const windows = bothLists(policy?.windows, found);
  return windows === undefined ? {} : {policy: {windows}};
}

function opened(state: FleetState): FleetState {
  const {closed: _, ...rest} = state;
  return rest;
}

/**
 * A fleet that goes on: what was under way is taken up again, what failed is tried again, and a wave without a yes is
 * asked about again. A consent that was given holds.
 */
function resumed(state: FleetState): FleetState {
  const {stopped: _, interrupted: __, ended: ___, whole: ____, ...rest} = opened(released(unpaused(state)));
  const waves = state.waves.filter(({answer}) => answer?.accepted === true);
  const open = new Set<number>();
  const accounts = new Map(
    [...state.accounts].map(([id, before]): [string, AccountState] => {
      const {question: _question, ...row} = before;
      const phase = phaseAgain(row);
      if (phase === 'agreed' && row.wave !== undefined) open.add(row.wave);
      if (phase !== 'ready' || row.wave === undefined) return [id, {...row, phase}];
      const {wave: _wave, ...unasked} = row;
      return [id, {...unasked, phase}];
    }),
  );
  return {
    ...rest,
    accounts,
    waves: waves.map((wave): Wave => {
      if (!open.has(wave.wave)) return wave;
      const {endedAt: _endedAt, ...again} = wave;
      return again;
    }),
  };
}

function phaseAgain({phase, end}: AccountState): AccountPhase {
  if (phase === 'looking' || phase === 'shut') return 'unlooked';
  if (phase === 'asked') return 'ready';
  if (phase === 'going') return 'agreed';
  return phase === 'ended' && end?.status !== 'done' ? 'agreed' : phase;
}

function withAccount(state: FleetState, id: string, change: Partial<AccountState>): FleetState {
  const before = state.accounts.get(id);
  if (before === undefined) return state;
  return {...state, accounts: new Map(state.accounts).set(id, {...before, ...change})};
}

function without(
  state: FleetState,
  id: string,
  ...members: readonly ('question' | 'end' | 'deleting')[]
): FleetState {
  const before = state.accounts.get(id);
  if (before === undefined) return state;
  const kept = Object.entries(before).filter(([name]) => !(members as readonly string[]).includes(name));
  return {
    ...state,
    accounts: new Map(state.accounts).set(id, Object.fromEntries(kept) as unknown as AccountState),
  };
}

function withWave(state: FleetState, number: number, change: Partial<Wave>): FleetState {
  return {...state, waves: state.waves.map((one) => (one.wave === number ? {...one, ...change} : one))};
}
