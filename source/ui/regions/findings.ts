import type {Json} from '../../data/json.ts';
import type {Lane, RunState} from '../../engine/model/state.ts';
import {cutMiddle} from '../../text/width.ts';
import {block} from '../components/labelled.ts';
import {span, type Line} from '../../text/line.ts';

/** Lists the resources that each check found in a Region, by ARN, with further kept members. */
export function foundLines(state: RunState, lane: Lane, columns: number): readonly Line[] {
  return state.steps.flatMap(({id, title, scope, does}) => {
    const output = lane.results[id]?.found ?? lane.results[id]?.output;
    if (scope !== 'region' || does !== 'look' || !Array.isArray(output)) return [];
    // A look at several items gives a list of each item's findings.
    const found = output.flat();
    if (found.length === 0) return [];
    return block(
      `${title}: ${found.length} found`,
      found.map((value) => resourceLine(value, columns - 4)),
      columns,
    );
  });
}

function resourceLine(value: Json, columns: number): Line {
  if (typeof value !== 'object' || value === null) return [span(String(value))];
  const members = Object.entries(value).filter(([, member]) => typeof member === 'string');
  const arn = members.find(([, member]) => String(member).startsWith('arn:'));
  // A name that the ARN ends with says nothing new.
  const rest = members
    .filter(([name, member]) => name !== arn?.[0] && !String(arn?.[1] ?? '').endsWith(`/${String(member)}`))
    .map(([, member]) => String(member))
    .join(', ');
  if (arn === undefined) return [span(rest === '' ? JSON.stringify(value) : rest)];
  const tail = rest === '' ? '' : `  ${rest}`;
  return [span(cutMiddle(String(arn[1]), Math.max(10, columns - tail.length))), span(tail, 'quiet')];
}
