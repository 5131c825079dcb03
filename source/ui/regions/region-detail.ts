import {byId} from '../../data/by-id.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {Lane, RunState} from '../../engine/model/state.ts';
import {columnsOf, truthOf} from '../../engine/queries/region-truth.ts';
import {worksOf} from '../../engine/evolve/active-steps.ts';
import {timeOfDay} from '../../text/time.ts';
import {cutEnd, cutMiddle, width, wrap} from '../../text/width.ts';
import {byHand} from '../../wording/by-hand.ts';
import {callLines} from './call-lines.ts';
import type {RecentCalls} from './call-log.ts';
import {foundLines} from './findings.ts';
import {itemLine} from './item-line.ts';
import {block, labelColumns, labelled} from '../components/labelled.ts';
import {span, type Line} from '../../text/line.ts';
import {nextStepText} from './next-step-text.ts';
import {regionNow} from '../../wording/region-status.ts';
import {truthWords} from '../../wording/glossary/words.ts';
import {count, faultWord, shortTarget} from '../../wording/fault-text.ts';

interface Subject {
  readonly state: RunState;
  readonly lane: Lane;
  /** ms since the epoch. */
  readonly now: number;
  readonly columns: number;
  readonly calls?: RecentCalls | undefined;
  readonly steerable?: boolean | undefined;
}

/** Formats all knowledge about a Region in lines of at most `columns`: facts first, then references. */
export function regionDetail(subject: Subject): readonly Line[] {
  const {state, lane, now, columns, calls, steerable = false} = subject;
  const room = Math.max(10, columns - labelColumns);
  const present = regionNow(state, lane, now);
  const known = lane.waived === undefined ? truthWords[truthOf(state, lane)] : 'waived';
  const items = worksOf(lane).flatMap((work) => [...work.items]);
  const last = items.findLast((item) => item.fault !== undefined)?.fault;
  const next = nextStepText(state, lane, now, steerable).flatMap((text) => wrap(text, room));
  return [
    [span(` ${lane.region ?? ''}`, 'title'), span(` · ${known}`)],
    labelled('Now', [
      span(`${present.sign.glyph} `, present.sign.tone),
      span(lane.fault === undefined ? present.text : faultWord(lane.fault)),
    ]),
    ...next.map((text, index) => labelled(index === 0 ? 'Next' : '', [span(text)])),
    ...columnsOf(state).map((name) => cellLine(lane, name)),
    ...(lane.fault === undefined ? [] : faultLines('Stopped by', lane.fault, room)),
    ...(last === undefined || last === lane.fault ? [] : faultLines('Last error', last, room)),
    ...block(
      `To make by hand${steerable ? '; c copies the first' : ''}`,
      byHandLines(lane, columns),
      columns,
    ),
    ...block('Changed in this run', changeLines(state, lane, columns), columns),
    ...presentStep(subject),
    ...block('Named as still in use', usageLines(lane, columns), columns),
    ...foundLines(state, lane, columns),
    labelled('Calls', [span(`${count(lane.calls, 'call')}, ${lane.failedCalls} failed`)]),
    ...block('The latest', callLines(calls?.(lane.region) ?? [], columns - 4), columns),
  ];
}

function cellLine(lane: Lane, name: string): Line {
  const cell = lane.cells[name];
  const unseen = lane.fault === undefined ? 'not checked yet' : 'could not be checked';
  const text = cell === undefined ? unseen : `${cell.text}, seen ${timeOfDay(cell.at)}`;
  return labelled(name, [span(text, cell === undefined ? 'quiet' : undefined)]);
}

function presentStep({state, lane, now, columns}: Subject): readonly Line[] {
  if (lane.fault !== undefined) return [];
  return worksOf(lane).flatMap(({step, items}) => {
    const title = byId(state.steps, step)?.title ?? step;
    const lines = [...items].map((item) => itemLine(item, now, columns - 4));
    return block(title, lines, columns);
  });
}

function usageLines(lane: Lane, columns: number): readonly Line[] {
  return lane.usage.map(({resource, reportedRegion}) => {
    const reported = reportedRegion === undefined ? '' : `  reported in ${reportedRegion}`;
    const text = cutMiddle(resource, Math.max(10, columns - 6 - width(reported)));
    return [span('! ', 'bad'), span(text), span(reported, 'quiet')];
  });
}

/** Fewest columns of a changed resource's name. */
const leastName = 10;

/** Each change with what it made different, as it was agreed to, and its time. */
function changeLines(state: RunState, lane: Lane, columns: number): readonly Line[] {
  const agreed = Object.values(state.confirmed).flat();
  return [...state.changes]
    .filter((change) => change.region === lane.region)
    .map(({step, region, target, operation, at}) => {
      const detail = agreed.find(
        (change) => change.step === step && change.region === region && change.target === target,
      )?.detail;
      const end = `  ${timeOfDay(at)}`;
      const room = Math.max(10, columns - 6 - width(end));
      const name = detail === undefined ? target : shortTarget(target);
      // What it made different gives way last.
      const what = cutEnd(detail ?? operation, Math.max(10, room - 2 - Math.min(leastName, width(name))));
      const shown = cutMiddle(name, Math.max(leastName, room - width(what) - 2));
      return [
        span('✓ ', 'good'),
        span(`${shown}  `),
        span(what, detail === undefined ? 'quiet' : undefined),
        span(end, 'quiet'),
      ];
    });
}

/** The commands of the changes that AWS refused here, whole. */
function byHandLines(lane: Lane, columns: number): readonly Line[] {
  return byHand(lane).flatMap((command) =>
    wrap(command, Math.max(20, columns - 8)).map((part, row): Line => [span(row === 0 ? part : `  ${part}`)]),
  );
}

function faultLines(label: string, fault: Fault, room: number): readonly Line[] {
  const facts = [
    fault.name,
    ...(fault.status === undefined ? [] : [`HTTP ${fault.status}`]),
    ...(fault.requestId === undefined ? [] : [`request ${fault.requestId}`]),
  ];
  const texts = [...wrap(facts.join(', '), room), ...wrap(fault.message, room)];
  return texts.map((text, index) =>
    labelled(index === 0 ? label : '', [span(text, index === 0 ? 'title' : undefined)]),
  );
}
