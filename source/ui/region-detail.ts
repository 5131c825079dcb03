import type {Fault} from '../engine/fault.ts';
import type {ItemProgress, Lane, RunState} from '../engine/state.ts';
import {columnsOf, truthOf} from '../engine/truth.ts';
import {timeLeft, timeOfDay} from '../text/time.ts';
import {cutMiddle, padEnd, width, wrap} from '../text/width.ts';
import {span, type Line, type Tone} from './line.ts';
import {regionNow} from './region-now.ts';
import {signs, truthWords, type Sign} from './signs.ts';
import {count, faultWord} from './words.ts';

const labelColumns = 13;

/** Everything known of one Region, in lines of at most `columns`. */
export function regionDetail(state: RunState, lane: Lane, now: number, columns: number): readonly Line[] {
  const present = regionNow(state, lane, now);
  const step = state.steps.find(({id}) => id === lane.current?.step);
  const room = Math.max(10, columns - 2 - labelColumns);
  const lines: Line[] = [
    [span(` ${lane.region ?? ''}`, 'title'), span(` · ${truthWords[truthOf(state, lane)]}`)],
    labelled('Now', [span(`${present.sign.glyph} `, present.sign.tone), span(present.text)]),
  ];
  for (const name of columnsOf(state)) {
    const cell = lane.cells[name];
    const unseen = lane.fault === undefined ? 'not looked at yet' : 'could not be looked at';
    const text = cell === undefined ? unseen : `${cell.text}, seen ${timeOfDay(cell.at)}`;
    lines.push(labelled(name, [span(text, cell === undefined ? 'quiet' : undefined)]));
  }
  if (step !== undefined && lane.current !== undefined) {
    const items = lane.current.items.map((item) => itemLine(item, now, room));
    lines.push(...block(step.title, items, columns));
  }
  if (lane.fault !== undefined) lines.push(...faultLines('Stopped by', lane.fault, room));
  const last = lane.current?.items.findLast((item) => item.fault !== undefined)?.fault;
  if (last !== undefined) lines.push(...faultLines('Last error', last, room));
  const usage = lane.usage.map(({resource, reportedRegion}): Line => {
    const reported = reportedRegion === undefined ? '' : `  reported in ${reportedRegion}`;
    const text = cutMiddle(resource, Math.max(10, columns - 4 - width(reported)));
    return [span('! ', 'bad'), span(text), span(reported, 'warning')];
  });
  lines.push(...block('Named as still in use', usage, columns));
  const changes = state.changes
    .filter((change) => change.region === lane.region)
    .map((change): Line => {
      const end = `  ${change.operation}  ${timeOfDay(change.at)}`;
      return [
        span('✓ ', 'good'),
        span(cutMiddle(change.target, Math.max(10, columns - 6 - width(end)))),
        span(end, 'quiet'),
      ];
    });
  lines.push(...block('Changed in this run', changes, columns));
  lines.push(labelled('Calls', [span(`${count(lane.calls, 'call')}, ${lane.failedCalls} failed`)]));
  return lines;
}

function labelled(label: string, line: Line): Line {
  return [span(`  ${padEnd(label, labelColumns)}`, 'quiet'), ...line];
}

function block(title: string, lines: readonly Line[], columns: number): readonly Line[] {
  if (lines.length === 0) return [];
  const heading = wrap(title, columns - 2)[0] ?? '';
  return [[span(`  ${heading}`, 'quiet')], ...lines.map((line): Line => [span('    '), ...line])];
}

const itemSigns: Readonly<Record<ItemProgress['status'], Sign>> = {
  todo: signs.todo,
  calling: signs.active,
  waiting: signs.active,
  done: signs.done,
  failed: signs.trouble,
};

function itemLine(item: ItemProgress, now: number, room: number): Line {
  const sign = item.fault !== undefined && item.status === 'waiting' ? signs.retry : itemSigns[item.status];
  const status = itemStatus(item, now);
  const key = item.key === '' ? '' : cutMiddle(item.key, Math.max(10, room - width(status)));
  const tone: Tone | undefined = item.key === '' ? undefined : 'quiet';
  return [span(`${sign.glyph} `, sign.tone), span(key), span(key === '' ? status : `  ${status}`, tone)];
}

function itemStatus(item: ItemProgress, now: number): string {
  const due = item.dueAt === undefined ? '' : ` in ${timeLeft(item.dueAt - now)}`;
  switch (item.status) {
    case 'todo':
      return 'to do';
    case 'calling':
      return item.attempt > 1 ? `${item.phase}, try ${item.attempt}` : item.phase;
    case 'waiting':
      return item.fault === undefined ? `look ${item.polls + 1}${due}` : `try ${item.attempt + 1}${due}`;
    case 'done':
      return item.note ?? 'done';
    case 'failed':
      return item.fault === undefined ? 'failed' : faultWord(item.fault);
  }
}

function faultLines(label: string, fault: Fault, room: number): readonly Line[] {
  const facts = [
    fault.name,
    ...(fault.status === undefined ? [] : [`HTTP ${fault.status}`]),
    ...(fault.requestId === undefined ? [] : [`request ${fault.requestId}`]),
  ];
  const texts = [
    ...wrap(facts.join(', '), room),
    ...wrap(fault.message, room),
    ...(fault.remedy === undefined ? [] : wrap(fault.remedy, room)),
  ];
  return texts.map((text, index) =>
    labelled(index === 0 ? label : '', [span(text, index === 0 ? 'bad' : undefined)]),
  );
}
