import type {Mark} from './marks.ts';
import type {Timeline} from './timeline.ts';

/** Playback speed as a factor of real time; Infinity plays as fast as frames can be drawn. */
export const speeds: readonly number[] = [0.5, 1, 2, 4, 8, 16, 32, 64, Infinity];

/** Frames in which a replay without any waiting is through. */
const quickestFrames = 60;
/** Played ms that an arrow key moves by. */
const arrowMs = 5000;
/** While it plays, the step that began less than this many played ms ago counts as the present one. */
const graceMs = 1500;

/** Position of a replay. */
export interface Player {
  /** Events that have happened. */
  readonly count: number;
  /** Played ms; at least the last event's, at most the next one's. */
  readonly played: number;
  readonly playing: boolean;
  /** One of {@link speeds}. */
  readonly speed: number;
  /** Stays with the end of a run that is still going. */
  readonly live: boolean;
}

/** Effect of a transport key. */
export type Transport =
  | 'toggle'
  | 'next-event'
  | 'seconds-back'
  | 'seconds-forward'
  | 'previous-step'
  | 'next-step'
  | 'next-failure'
  | 'faster'
  | 'slower'
  | {readonly tenth: number};

export const atStart: Player = {count: 1, played: 0, playing: true, speed: 1, live: false};

/** A player that stays with the end of a run that is still going. */
export function atEnd(timeline: Timeline): Player {
  return {...atStart, ...endOf(timeline), live: true};
}

/** Lets `ms` of the watcher's time pass. `following`: the run is still going, so its end is where it is live. */
export function tick(player: Player, timeline: Timeline, ms: number, following = false): Player {
  if (player.live) return {...player, ...endOf(timeline), live: following, playing: following};
  if (!player.playing) return player;
  const next = player.speed === Infinity ? rush(player, timeline, ms) : play(player, timeline, ms);
  if (next.count < timeline.length) return next;
  return following
    ? {...next, ...endOf(timeline), live: true}
    : {...next, ...endOf(timeline), playing: false};
}

function play(player: Player, timeline: Timeline, ms: number): Player {
  const played = player.played + ms * player.speed;
  return {...player, played, count: Math.max(player.count, timeline.countAt(played))};
}

/** Every frame brings new events, and no fewer than the fastest speed would. */
function rush(player: Player, timeline: Timeline, ms: number): Player {
  const least = player.count + Math.ceil(timeline.length / quickestFrames);
  const count = Math.min(timeline.length, Math.max(least, timeline.countAt(player.played + ms * 64)));
  return at(player, timeline, count);
}

/** Applies a transport key to the player. */
export function transport(player: Player, timeline: Timeline, key: Transport): Player {
  if (typeof key === 'object') {
    const played = (timeline.duration * key.tenth) / 10;
    return {...player, live: false, played, count: Math.max(1, timeline.countAt(played))};
  }
  switch (key) {
    case 'toggle':
      return toggled(player, timeline);
    case 'next-event':
      return {...at(player, timeline, player.count + 1), playing: false};
    case 'seconds-back':
    case 'seconds-forward':
      return moved(player, timeline, key === 'seconds-back' ? -arrowMs : arrowMs);
    case 'previous-step':
      return at(player, timeline, previousStep(player, timeline)?.count ?? 1);
    case 'next-step':
    case 'next-failure': {
      const mark = nextMark(player, timeline, key === 'next-step' ? 'step' : 'failure');
      return mark === undefined ? player : at(player, timeline, mark.count);
    }
    case 'faster':
    case 'slower':
      return {...player, speed: otherSpeed(player.speed, key === 'faster' ? 1 : -1)};
  }
}

/** Pauses or plays; at the end it plays from the start again. */
function toggled(player: Player, timeline: Timeline): Player {
  if (player.live) return {...player, live: false, playing: false};
  const over = !player.playing && player.count >= timeline.length;
  return over ? {...player, count: 1, played: 0, playing: true} : {...player, playing: !player.playing};
}

function moved(player: Player, timeline: Timeline, by: number): Player {
  const played = Math.max(0, Math.min(timeline.duration, player.played + by));
  return {...player, live: false, played, count: Math.max(1, timeline.countAt(played))};
}

function previousStep(player: Player, timeline: Timeline): Mark | undefined {
  const before = player.playing && !player.live ? player.played - graceMs : player.played;
  return timeline.marks.findLast(
    ({kind, count}) =>
      kind === 'step' && count < player.count && (timeline.playedAt(count) < before || !player.playing),
  );
}

function nextMark(player: Player, timeline: Timeline, wanted: Mark['kind']): Mark | undefined {
  return timeline.marks.find(({kind, count}) => kind === wanted && count > player.count);
}

function otherSpeed(speed: number, by: number): number {
  const index = speeds.indexOf(speed) + by;
  return speeds[Math.max(0, Math.min(index, speeds.length - 1))] ?? speed;
}

function at(player: Player, timeline: Timeline, count: number): Player {
  const there = Math.max(1, Math.min(count, timeline.length));
  return {...player, live: false, count: there, played: timeline.playedAt(there)};
}

function endOf(timeline: Timeline): {readonly count: number; readonly played: number} {
  return {count: timeline.length, played: timeline.duration};
}
