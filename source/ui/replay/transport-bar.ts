import type {Player} from '../../replay/player.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {clockSpan, timeOfDay} from '../../text/time.ts';
import {lineWidth, span, spread, type Line, type Span} from '../../text/line.ts';
import {signs} from '../../wording/signs.ts';

/** Fewer columns would not show where one is. */
const leastTrack = 8;

/** The transport bar: playing or not and how fast, where in the run, and the time as it was. */
export function replayBar(player: Player, timeline: Timeline, now: number, columns: number): Line {
  const first = timeline.events[0]?.at ?? now;
  const last = timeline.events.at(-1)?.at ?? now;
  const left: Line = [span(' '), ...playing(player), span('  ')];
  const elapsed = clockSpan(now - first);
  const clock = player.live ? `  ${elapsed} ` : `  ${elapsed} / ${clockSpan(last - first)} `;
  const right: Line = [span(clock)];
  const day: Line = columns < 70 ? [] : [span(` ${timeOfDay(now)} `, 'quiet')];
  const room = columns - lineWidth(left) - lineWidth(right) - lineWidth(day);
  if (room < leastTrack) return spread(left, right, columns);
  return [...left, ...track(player, timeline, room), ...right, ...day];
}

/** Always as wide, so that the track stays where it is. */
function playing({playing, speed, live}: Player): Line {
  if (live) return [span(`${signs.active.glyph} live`.padEnd(7), 'good')];
  const times = speed === Infinity ? 'max' : `${speed}×`;
  return [span(playing ? '▶ ' : '‖ ', 'accent'), span(times.padEnd(5))];
}

/** Draws the run from end to end on the played clock: steps begun, failures, and the head. */
function track(player: Player, timeline: Timeline, columns: number): Line {
  const cells = columns - 2;
  const cellOf = (played: number): number =>
    timeline.duration === 0 ? 0 : Math.round((played / timeline.duration) * (cells - 1));
  const head = cellOf(player.played);
  const marks = new Map<number, 'step' | 'failure'>();
  for (const {kind, count} of timeline.marks) {
    const cell = cellOf(timeline.playedAt(count));
    if (marks.get(cell) !== 'failure') marks.set(cell, kind);
  }
  const spans = Array.from({length: cells}, (_, cell): Span => {
    if (cell === head) return span(signs.active.glyph, 'accent');
    const mark = marks.get(cell);
    if (mark === 'failure') return span(signs.retry.glyph, signs.retry.tone);
    if (mark === 'step')
      return cell < head ? span(signs.done.glyph, 'good') : span(signs.todo.glyph, 'quiet');
    return cell < head ? span('━', 'accent') : span('─', 'quiet');
  });
  return [span('├', 'quiet'), ...joined(spans), span('┤', 'quiet')];
}

/** Joins neighbors of one tone into one piece, which needs fewer changes of color. */
function joined(spans: readonly Span[]): Line {
  const result: Span[] = [];
  for (const part of spans) {
    const last = result.at(-1);
    if (last !== undefined && last.tone === part.tone)
      result[result.length - 1] = {...last, text: last.text + part.text};
    else result.push(part);
  }
  return result;
}
