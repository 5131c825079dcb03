import {stringify} from 'yaml';
import {modelsFor} from '../../aws/catalogue/operation-models.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {defined} from '../../data/defined.ts';
import type {JsonObject} from '../../data/json.ts';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import type {Event} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import {truthOf} from '../../engine/queries/region-truth.ts';
import {readJournal} from '../../journal/read.ts';
import {includedFrom, parseRunbook} from '../../runbook/load/load.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import {libraryRunbooks, shippedRunbooks} from '../../runs/runbooks/shipped-files.ts';
import {truthWords} from '../../wording/glossary/words.ts';
import {recordedAnswers, withoutToken} from './recorded-answers.ts';

/**
 * Makes a test file from a run's journal: its answers, those of the operator, and its end. Throws UsageError for a run
 * that a test cannot play, and CorruptJournal.
 */
export async function recordTest(file: string): Promise<string> {
  const {events, run} = readJournal(file);
  const state = evolveAll(initialState, events);
  const {started, ended} = state;
  refuseUnplayable(run, state, events);
  if (started === undefined || ended === undefined) throw new UsageError(`${file} holds no run`);
  const {name, title, file: source, text, included = []} = started.runbook;
  const loaded = {...parseRunbook(source, text, includedFrom(included)), begun: true as const};
  const operations = await modelsFor(loaded);
  const {regions} = started;
  // By the events: AWS may name something in a Region that was waived, which takes the waiver back.
  const unlooked = waivedIn(events, true);
  const waived = waivedIn(events, false);
  const content = {
    handrail: 1,
    runbook: [...shippedRunbooks(), ...libraryRunbooks()].includes(name) ? name : source,
    account: started.identity.account,
    caller: started.identity.arn,
    now: new Date(started.at).toISOString(),
    ...(regions.length === 0 ? {} : {regions}),
    answers: Object.fromEntries(recordedAnswers(events, loaded.runbook, operations)),
    cases: [
      {
        name: `${title}: ${ended.message}`.slice(0, 500),
        ...(Object.keys(started.inputs).length === 0 ? {} : {inputs: started.inputs}),
        ...(started.mode === 'plan' ? {plan: true} : {}),
        ...defined({region: started.changesIn}),
        ...(unlooked.length === 0
          ? {}
          : {onlyRegion: regions.filter((region) => !unlooked.includes(region))}),
        ...(waived.length === 0 ? {} : {waive: waived}),
        ...listOf('operator', repliesIn(events)),
        expect: {
          end: ended.status,
          message: ended.message,
          ...defined({step: state.account.faultStep, error: state.account.fault?.name}),
          ...listOf('changes', changesIn(events, operations)),
          ...(state.lanes.size === 0 ? {} : {regions: truthsIn(state)}),
        },
      },
    ],
  };
  const head = `# Made by \`handrail test --record\` from run ${run}.\n`;
  return head + stringify(content, {lineWidth: 110, aliasDuplicateObjects: false});
}

/** A test plays a run in one go, without an operator who steers it. */
function refuseUnplayable(run: string, {ended, started}: RunState, events: readonly Event[]): void {
  const how = events.some(({type}) => type === 'resumed')
    ? 'was interrupted and resumed'
    : events.some(
          (event) => event.type === 'retried' || (event.type === 'step-skipped' && event.by !== undefined),
        )
      ? 'was steered by its operator'
      : started?.undoes !== undefined
        ? 'takes another run back, with a runbook that was made for it'
        : ended === undefined
          ? 'has not ended'
          : undefined;
  if (how !== undefined) throw new UsageError(`run ${run} ${how}: no test can be made of it`);
}

function waivedIn(events: readonly Event[], unlooked: boolean): readonly string[] {
  const names = events.flatMap((event) =>
    event.type === 'waived' && (event.unlooked === true) === unlooked ? [event.region] : [],
  );
  return [...new Set(names)];
}

function listOf(name: string, list: readonly object[]): {readonly [name: string]: readonly object[]} {
  return list.length === 0 ? {} : {[name]: list};
}

function repliesIn(events: readonly Event[]): readonly object[] {
  return events.flatMap((event) => {
    if (event.type !== 'answered') return [];
    const {step, accepted, typed, missing} = event;
    if (missing !== undefined && typed === undefined) return [{step, answer: 'nobody'}];
    return [{step, ...(typed === undefined ? {answer: accepted ? 'yes' : 'no'} : {type: typed})}];
  });
}

/** The changes that were sent; tries again are not counted. */
function changesIn(
  events: readonly Event[],
  operations: ReadonlyMap<string, OperationModel>,
): readonly object[] {
  return events.flatMap((event) => {
    if (event.type !== 'call-started' || event.effect !== 'change' || event.attempt !== 1) return [];
    const {operation: call, region, input} = event;
    return [{call, ...defined({region}), with: withoutToken(input as JsonObject, operations.get(call))}];
  });
}

function truthsIn(state: RunState): {readonly [region: string]: string} {
  return Object.fromEntries(
    [...state.lanes].map((lane) => [lane.region ?? '', truthWords[truthOf(state, lane)]]),
  );
}
