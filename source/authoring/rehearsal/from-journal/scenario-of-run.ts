import {isDeepStrictEqual} from 'node:util';
import {stringify} from 'yaml';
import {modelsFor} from '../../../aws/catalogue/operation-models.ts';
import {UsageError} from '../../../cli/usage-error.ts';
import {defined} from '../../../data/defined.ts';
import {membersOf, type Json, type JsonObject} from '../../../data/json.ts';
import {evolveAll, initialState} from '../../../engine/evolve/evolve.ts';
import type {Event} from '../../../engine/model/events.ts';
import {readJournal} from '../../../journal/read.ts';
import {includedFrom, parseRunbook, type LoadedRunbook} from '../../../runbook/load/load.ts';
import type {OperationModel} from '../../../runbook/operation.ts';
import {holdsMask} from '../../../runbook/secret.ts';
import {withoutToken, type EndedCall} from '../../record/recorded-answers.ts';
import {rehearsalSchema, type Rehearsal} from '../language.ts';
import {madeAnswers, type Answered, type MadeAnswer} from './made-answers.ts';

/** A scenario that was made from a run's journal. */
export interface ScenarioOfRun {
  readonly scenario: Rehearsal;
  /** As a file of its own. */
  readonly text: string;
  /** What it lacks, each in a line. */
  readonly lacks: readonly string[];
}

type Entry = {
  readonly region?: string;
  readonly with?: JsonObject;
  readonly until?: string;
  readonly times?: number;
} & Partial<Answered>;

/**
 * Makes a scenario of the answers in a run's journal, for a runbook. Throws UsageError for a journal without a run, or
 * of one that called nothing that the runbook calls, and CorruptJournal.
 */
export async function scenarioOfRun(file: string, runbook: LoadedRunbook): Promise<ScenarioOfRun> {
  const {events, run} = readJournal(file);
  const {started, lanes} = evolveAll(initialState, events);
  if (started === undefined) throw new UsageError(`${file} holds no run`);
  const {file: source, text, included = []} = started.runbook;
  const ran = {...parseRunbook(source, text, includedFrom(included)), begun: true as const};
  const operations = await modelsFor(ran);
  const {made, missing} = await madeAnswers(events, ran.runbook, operations);
  const called = await modelsFor(runbook);
  const byOperation = Map.groupBy(
    made.filter(({ended}) => called.has(ended.call.operation)),
    ({ended}) => ended.call.operation,
  );
  const others = [...new Set(made.map(({ended}) => ended.call.operation))].filter(
    (name) => !called.has(name),
  );
  if (byOperation.size === 0 && others.length > 0)
    throw new UsageError(
      `run ${run} called nothing that ${runbook.runbook.name} calls: name its own runbook`,
    );
  const regions = [...new Set([...started.regions, ...[...lanes].flatMap(({region}) => region ?? [])])];
  const content = {
    handrail: 1 as const,
    account: started.identity.account,
    ...(regions.length === 0 ? {} : {regions}),
    answers: Object.fromEntries(
      [...byOperation].map(([name, answers]) => [name, entriesOf(answers, events, operations.get(name))]),
    ),
  };
  const head = `# Made by \`handrail simulate --from\` from run ${run}.\n`;
  const lacks = [
    ...[...missing].map(
      ([step, count]) =>
        `${count === 1 ? '1 answer' : `${count} answers`} of step ${step} could not be made from the journal; write ${count === 1 ? 'it' : 'them'} into a scenario`,
    ),
    ...(others.length === 0
      ? []
      : [`left out, since ${runbook.runbook.name} does not call them: ${others.join(', ')}`]),
  ];
  return {
    scenario: rehearsalSchema.parse(content),
    text: head + stringify(content, {lineWidth: 110, aliasDuplicateObjects: false}),
    lacks,
  };
}

/** The most entries that a scenario may have about one operation. */
const mostEntries = 1000;

/** The entries about an operation, in the order in which the answers came. */
function entriesOf(
  answers: readonly MadeAnswer[],
  events: readonly Event[],
  model: OperationModel | undefined,
): readonly Entry[] {
  const requests = new Set(answers.map(({ended}) => JSON.stringify(requestOf(ended, model))));
  const written = answers.map((made) => {
    const {ended} = made;
    const asks = requestOf(ended, model);
    const told = (requests.size > 1 || ended.step.forEach !== undefined) && Object.keys(asks).length > 0;
    const about = {...defined({region: ended.call.region}), ...(told ? {with: asks} : {})};
    return {about, ...made};
  });
  // Entries about the same requests follow each other, and the last one repeats.
  const groups = Map.groupBy(written, ({about}) => JSON.stringify(about));
  return [...groups.values()].flatMap((group) => entriesInOrder(group, events)).slice(0, mostEntries);
}

interface Written extends MadeAnswer {
  readonly about: Pick<Entry, 'region' | 'with'>;
}

function entriesInOrder(group: readonly Written[], events: readonly Event[]): readonly Entry[] {
  const runs = group.reduce<readonly (readonly Written[])[]>((found, one) => {
    const last = found.at(-1);
    const isSame = last !== undefined && isDeepStrictEqual(last[0]?.given, one.given);
    return isSame ? [...found.slice(0, -1), [...last, one]] : [...found, [one]];
  }, []);
  return runs.flatMap((same, at): readonly Entry[] => {
    const [first] = same;
    const last = same.at(-1);
    const next = runs[at + 1]?.[0];
    if (first === undefined || last === undefined) return [];
    const times = same.reduce((sum, one) => sum + one.times, 0);
    const until = next === undefined ? undefined : changeBetween(first.ended, last.ended, next.ended, events);
    return [
      {
        ...first.about,
        ...(until === undefined ? {} : {until}),
        ...(until === undefined && next !== undefined && times > 1 ? {times} : {}),
        ...first.given,
      },
    ];
  });
}

/** A change that was sent after an answer and before the next one, and not before: it is what made the difference. */
function changeBetween(
  first: EndedCall,
  last: EndedCall,
  next: EndedCall,
  events: readonly Event[],
): string | undefined {
  const isNear = (region: string | undefined): boolean =>
    region === undefined || first.call.region === undefined || region === first.call.region;
  const sent = (from: number, to: number): readonly string[] =>
    events
      .slice(from, to)
      .flatMap((event) =>
        event.type === 'call-started' && event.effect === 'change' && isNear(event.region)
          ? [event.operation]
          : [],
      );
  const before = new Set(sent(0, last.at));
  return sent(last.at, next.at).find((operation) => !before.has(operation));
}

/** The request as it can come again: without what is another one each time, and without secrets. */
function requestOf({call, step: {action}}: EndedCall, model: OperationModel | undefined): JsonObject {
  const members = withoutToken(membersOf(call.input), model);
  const said = action.kind === 'call' || action.kind === 'update' ? (action.with ?? {}) : {};
  return Object.fromEntries(
    Object.entries(members).filter(
      ([name, value]) =>
        name !== model?.pages?.inputToken &&
        !holdsMask(JSON.stringify(value)) &&
        !/\bnow\(\)/.test(JSON.stringify((said as {readonly [member: string]: Json})[name] ?? '')),
    ),
  );
}
