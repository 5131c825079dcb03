import type {ItemProgress} from '../../engine/model/state.ts';
import {timeLeft} from '../../text/time.ts';
import {cutMiddle} from '../../text/width.ts';
import {span, type Line} from '../../text/line.ts';
import {signs, type Sign} from '../../wording/signs.ts';
import {faultWord} from '../../wording/fault-text.ts';

const itemSigns: Readonly<Record<ItemProgress['status'], Sign>> = {
  todo: signs.todo,
  calling: signs.active,
  waiting: signs.active,
  done: signs.done,
  failed: signs.trouble,
};

/** One item of a step: its ARN and how it stands at `now` (ms since the epoch), in about `columns`. */
export function itemLine(item: ItemProgress, now: number, columns: number): Line {
  const sign = item.fault !== undefined && item.status === 'waiting' ? signs.retry : itemSigns[item.status];
  const status = itemStatus(item, now);
  if (item.key === '') return [span(`${sign.glyph} `, sign.tone), span(status)];
  const key = cutMiddle(item.key, Math.max(10, columns - 4 - status.length));
  return [span(`${sign.glyph} `, sign.tone), span(key), span(`  ${status}`, 'quiet')];
}

function itemStatus(item: ItemProgress, now: number): string {
  const due = item.dueAt === undefined ? '' : ` in ${timeLeft(item.dueAt - now)}`;
  switch (item.status) {
    case 'todo':
      return 'to do';
    case 'calling':
      return item.attempt > 1 ? `${item.phase}, try ${item.attempt}` : item.phase;
    case 'waiting':
      return item.fault === undefined ? `check ${item.polls + 1}${due}` : `try ${item.attempt + 1}${due}`;
    case 'done':
      return item.note ?? 'done';
    case 'failed':
      return item.fault === undefined ? 'failed' : faultWord(item.fault);
  }
}
