import {defined} from '../../data/defined.ts';
import type {Event} from '../../engine/model/events.ts';
import type {Cell, RunState} from '../../engine/model/state.ts';
import {truthOf} from '../../engine/queries/region-truth.ts';
import type {Report, ReportedRegion} from '../model.ts';

type Looks = ReportedRegion['found'];

/** Returns every Region: its first state, its last state, and the fault that stopped work there. */
export function regionsOf(state: RunState, events: readonly Event[]): Report['regions'] {
  const first = firstLooks(state, events);
  const waivers = new Map(
    events.flatMap((event) => (event.type === 'waived' ? [[event.region, event] as const] : [])),
  );
  return state.lanes.entries().map(([region, lane]) => {
    const waiver = waivers.get(region);
    return {
      region,
      truth: truthOf(state, lane),
      found: first.get(region) ?? {},
      left: Object.fromEntries(Object.entries(lane.cells).flatMap(([column, cell]) => lookOf(column, cell))),
      usage: lane.usage.map((usage) => ({...usage})),
      ...defined({fault: lane.fault}),
      ...(lane.waived === undefined || waiver === undefined
        ? {}
        : {
            waived: {
              at: waiver.at,
              by: waiver.by,
              ...defined({typed: waiver.typed}),
            },
          }),
      calls: lane.calls,
      failedCalls: lane.failedCalls,
    };
  });
}

function lookOf(column: string, {text, inUse, at}: Cell): [string, Looks[string]][] {
  return inUse === undefined ? [] : [[column, {text, inUse, at}]];
}

/** Result of the first check of each column, by Region. */
function firstLooks(state: RunState, events: readonly Event[]): ReadonlyMap<string, Looks> {
  const columns = new Map(state.steps.map(({id, column}) => [id, column]));
  const found = new Map<string, Map<string, Looks[string]>>();
  for (const event of events) {
    if (event.type !== 'step-succeeded' || event.region === undefined || event.inUse === undefined) continue;
    const column = columns.get(event.step);
    const looks = found.get(event.region) ?? new Map<string, Looks[string]>();
    if (column === undefined || looks.has(column)) continue;
    looks.set(column, {text: event.summary ?? '', inUse: event.inUse, at: event.at});
    found.set(event.region, looks);
  }
  return new Map([...found].map(([region, looks]) => [region, Object.fromEntries(looks)]));
}
