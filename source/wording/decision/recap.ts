import {indexById} from '../../data/by-id.ts';
import type {PlannedChange, StepOutline} from '../../engine/model/events.ts';
import {looksAnywhere, truthOf} from '../../engine/queries/region-truth.ts';
import type {Lane, RunState} from '../../engine/model/state.ts';
import {timeOfDay} from '../../text/time.ts';
import {changesMade} from '../changes-made.ts';
import {count, faultText, shortFaultText} from '../fault-text.ts';
import {regionsText} from '../run-summary.ts';
import {signs, type Sign} from '../signs.ts';

/** A sentence that an operator should know at a decision. */
export interface Recalled {
  readonly sign: Sign;
  readonly text: string;
}

/** Regions to name in a sentence; more are counted. */
const named = 4;

/**
 * Formats the facts for a decision of a run: the work so far, the knowledge about the Regions, all that was not looked at, and
 * what an undo could take back of `asked` and of the changes so far.
 */
export function recap(state: RunState, step: string, asked: readonly PlannedChange[]): readonly Recalled[] {
  return [
    ...soFar(state),
    ...regionsKnown(state, step),
    ...notLooked(state),
    ...waived(state),
    ...wayBack(state, asked),
  ];
}

/** Counts by step, in the order of the steps: `Cancel running builds 6, Set schedules to manual 12`. */
function byStep(steps: readonly StepOutline[], ids: Iterable<string>): string {
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return steps.flatMap(({id, title}) => (times.has(id) ? [`${title} ${times.get(id)}`] : [])).join(', ');
}

function soFar(state: RunState): readonly Recalled[] {
  // What AWS makes or refuses later has a sentence of its own.
  const made = byStep(
    state.steps.filter(({outcome}) => outcome === undefined),
    [...state.changes].map(({step}) => step),
  );
  const {detour, round} = state;
  const again = round > 1 && detour !== undefined ? `You are asked again: ${faultText(detour.fault)}` : '';
  return [
    ...(made === '' ? [] : [{sign: signs.done, text: `Done so far: ${made}`}]),
    ...changesMade(state).outcomes.map((text) => ({sign: signs.trouble, text: `So far: ${text}`})),
    ...(again === '' ? [] : [{sign: signs.trouble, text: again}]),
  ];
}

function regionsKnown(state: RunState, step: string): readonly Recalled[] {
  const lanes = [...state.lanes];
  if (lanes.length === 0 || !looksAnywhere(state)) return [];
  const truths = new Set(lanes.map((lane) => truthOf(state, lane)));
  const looks = lanes.flatMap(({cells}) => Object.values(cells).flatMap(({lookedAt}) => lookedAt ?? []));
  const since = looks.length === 0 ? '' : `, each checked since ${timeOfDay(Math.min(...looks))}`;
  const again = isLookedAgain(state, step) ? '; all are checked once more before a change' : '';
  const onlyClear = truths.size === 1 && truths.has('clear');
  const sign = onlyClear ? signs.done : truths.has('unknown') ? signs.unknown : signs.active;
  return [{sign, text: `Regions: ${regionsText(state)}${onlyClear ? since : ''}${again}`}];
}

/** Returns true if a check of every Region stands between the decision and the next change. */
function isLookedAgain({steps}: RunState, step: string): boolean {
  const after = steps.slice(indexById(steps, step) + 1);
  const change = after.findIndex(({does}) => does === 'change');
  return after.slice(0, Math.max(0, change)).some(({does, scope}) => does === 'look' && scope === 'region');
}

function notLooked(state: RunState): readonly Recalled[] {
  const lanes: readonly Lane[] = [state.account, ...state.lanes];
  const skipped = state.steps.flatMap(({id, title, does}) => {
    if (does !== 'look') return [];
    const whys = lanes.flatMap(({results}) => {
      const {status, why = ''} = results[id] ?? {};
      return status === 'skipped' && !/condition|nothing to/.test(why) ? [why] : [];
    });
    return [...new Set(whys)].map((why) => `Not checked: ${title} (${why})`);
  });
  const caught = Map.groupBy(
    [...state.lanes].flatMap(({region = '', unlooked = {}}) =>
      Object.values(unlooked).map((fault) => ({region, why: shortFaultText(fault)})),
    ),
    ({why}) => why,
  );
  const failed = [...caught].map(([why, those]) => {
    const regions = [...new Set(those.map(({region}) => region))];
    return `Not checked in ${names(regions)}: ${why}`;
  });
  return [...skipped, ...failed].map((text) => ({sign: signs.unknown, text}));
}

function waived({lanes, started}: RunState): readonly Recalled[] {
  const those = [...lanes].filter((lane) => lane.waived !== undefined);
  const unlooked = those.filter((lane) => lane.waived?.unlooked === true);
  const by = unlooked[0]?.waived?.by;
  return [
    ...those.flatMap(({region = '', waived: waiver, fault}): readonly Recalled[] => {
      if (waiver === undefined || waiver.unlooked === true) return [];
      const why = fault === undefined ? '' : `: ${shortFaultText(fault)}`;
      return [
        {sign: signs.unknown, text: `${region}: waived by ${waiver.by} at ${timeOfDay(waiver.at)}${why}`},
      ];
    }),
    ...(by === undefined
      ? []
      : [
          {
            sign: signs.unknown,
            text: `Not checked, ${by}: ${names(unlooked.map(({region = ''}) => region))}`,
          },
        ]),
    ...(started?.disabled ?? []).map((region) => ({
      sign: signs.skipped,
      text: `${region} is disabled for this account: not checked; it keeps its resources`,
    })),
  ];
}

function wayBack({steps, changes, started}: RunState, asked: readonly PlannedChange[]): readonly Recalled[] {
  const ids = [...[...changes].map(({step}) => step), ...asked.map(({step}) => step)];
  const of = (back: boolean): string =>
    byStep(
      steps.filter((step) => step.wayBack === back),
      ids,
    );
  const [back, lost] = [of(true), of(false)];
  if (back === '' && lost === '') return [];
  const undo = started?.simulation === true ? 'In a real account handrail undo' : 'handrail undo';
  const text =
    back === ''
      ? `${undo} takes nothing of this back: ${lost}`
      : `${undo} takes back: ${back}${lost === '' ? '' : `. Not: ${lost}`}`;
  return [{sign: signs.nothing, text}];
}

function names(regions: readonly string[]): string {
  if (regions.length <= named + 1) return regions.join(', ');
  return `${regions.slice(0, named).join(', ')} and ${count(regions.length - named, 'more Region', 'more Regions')}`;
}
