import type {Timeline} from '../../replay/timeline.ts';
import {clockSpan} from '../../text/time.ts';
import type {Bar} from './timeline-bars.ts';
import {escaped} from './html-text.ts';
import {utc} from '../report-text.ts';

/** Pixels of a lane. */
const laneHeight = 18;
/** Least width of a bar, in percent: it can be seen and hit. */
const leastWidth = 0.3;
/** Kinds of bars in drawing order: failures are tallest and in front. */
const heights = {wait: 2, call: 8, change: 12, failure: 14} as const;
const order = Object.keys(heights) as readonly Bar['kind'][];

/** The chart: a lane for the account and one for each Region. It needs no script to be read. */
export function chartHtml(timeline: Timeline, bars: readonly Bar[], regions: readonly string[]): string {
  const lanes = ['Account', ...regions];
  const height = lanes.length * laneHeight;
  const lines = lanes.map((_, lane) => {
    const y = lane * laneHeight + laneHeight / 2;
    return `<line class="lane" x1="0" x2="100%" y1="${y}" y2="${y}"/>`;
  });
  const start = timeline.events[0]?.at ?? 0;
  const drawn = bars
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.from - b.from)
    .map((bar) => barSvg(bar, timeline.duration, start, lanes[bar.lane] ?? ''));
  return [
    `<div class="chart"><ol>${lanes.map((lane) => `<li title="${escaped(lane)}">${escaped(lane)}</li>`).join('')}</ol>`,
    `<svg id="bars" height="${height}" tabindex="0" role="group" aria-label="Calls, waits and failures over time; the arrow keys read them out" aria-describedby="reader">`,
    cuts(timeline, height),
    ...lines,
    ...drawn,
    `<line id="head" class="head" x1="100%" x2="100%" y1="0" y2="${height}"/></svg></div>`,
    `<div class="axis" aria-hidden="true">${ticks(timeline)}</div>`,
  ].join('');
}

function barSvg(
  {lane, kind, from, to, at, text}: Bar,
  duration: number,
  start: number,
  name: string,
): string {
  const percent = (played: number): number => (duration === 0 ? 0 : (100 * played) / duration);
  const width = Math.max(leastWidth, percent(to - from));
  const x = Math.min(percent(from), 100 - width);
  const y = lane * laneHeight + (laneHeight - heights[kind]) / 2;
  const title = `${clockSpan(at - start)} (${utc(at)}) ${name}: ${text}`;
  return `<rect class="bar ${kind}" data-t="${Math.round(from)}" x="${x.toFixed(3)}%" width="${width.toFixed(3)}%" y="${y}" height="${heights[kind]}"><title>${escaped(title)}</title></rect>`;
}

/** Marks the shortened stretches in which nothing happened. */
function cuts(timeline: Timeline, height: number): string {
  const {events, duration} = timeline;
  return events
    .flatMap((event, index) => {
      const before = events[index - 1];
      const [from, to] = [timeline.playedAt(index), timeline.playedAt(index + 1)];
      const gap = event.at - (before?.at ?? event.at);
      if (before === undefined || gap <= to - from + 1) return [];
      const text = `${clockSpan(gap)} in which nothing happened, shortened`;
      const x = ((100 * from) / duration).toFixed(3);
      const width = ((100 * (to - from)) / duration).toFixed(3);
      return [
        `<rect class="cut" x="${x}%" width="${width}%" y="0" height="${height}"><title>${text}</title></rect>`,
      ];
    })
    .join('');
}

/** Times since the start at five places of the axis. */
function ticks(timeline: Timeline): string {
  const start = timeline.events[0]?.at ?? 0;
  return [0, 0.25, 0.5, 0.75, 1]
    .map((share) => {
      const played = share * timeline.duration;
      return `<span>${clockSpan(timeline.timeAt(timeline.countAt(played), played) - start)}</span>`;
    })
    .join('');
}
