import type {RunState} from '../../../source/engine/model/state.ts';
import type {SeenAccount, SeenRegion} from './seen-account.ts';

/** Facts that a frame is held against. */
export interface Facts {
  readonly state: RunState;
  readonly account: SeenAccount;
  readonly deletions: number;
}

/** One line for several Regions with one cause. */
const sharedRetry = /^ *[▸>]? *! \d+ Regions: /;

type Regions = ReadonlyMap<string, SeenRegion>;

/** A statement of a Region's row, and the number that the simulator gives for it. */
const rowClaims: readonly (readonly [RegExp, (region: SeenRegion) => number])[] = [
  [/(\d+) running/, ({running}) => running],
  [/(\d+) cancelling/, ({cancelling}) => cancelling],
  [/(\d+) cancelled/, ({cancelled}) => cancelled],
  [/(\d+) scheduled/, ({scheduled}) => scheduled],
  [/(\d+) (?:set to manual|removed)/, ({removed}) => removed],
];

/** Numbers that state nothing about the account: times, names, places in a list, the run's own steps and calls. */
const noFacts: readonly RegExp[] = [
  // Steps of the run, and the Regions that are through with one that makes no change.
  /(?<=[✓●○!–?]+ +)\d+\/20\b/g,
  /(?<=(?:Find|Check|Delete) .*? )\d+\/34(?: Regions)?/g,
  /\b(?:Find|Delete) \d+\/34/g,
  /(?<=(?:Find|Check) .*: )\d+ of 34 Regions done/g,
  /and \d+ more to be tried/g,
  // The end of a list that breaks within it.
  /^ *(?:Cancel )?running builds \d+$/g,
  /! \d+ Regions? cannot/g,
  /\b\d{8}T\d{6}Z-\w+/g,
  /\S*\/handrail\/\S*/g,
  /\b[0-9a-f]{64}\b/g,
  /\b\d+(?:\.\d+){3}(?::\d+)?/g,
  /arn:\S+/g,
  /\b[\w-]+\/\d+\.\d+\.\d+\/\d+(?= |$|:|…)/g,
  // A build's name that is cut.
  /\b[\w-]+\/[\d./]*…/g,
  /(?:cron|rate)\([^)]*\)?/g,
  /\b\d{12}\b/g,
  /\b\d+:\d\d(?::\d\d)?\b/g,
  /\b\d+ (?:s|min|h)\b/g,
  /\b(?:round|retry|attempt|try) \d+(?: of \d+|\/\d+)?/g,
  /lines \d+–\d+ of \d+/g,
  /\bCalls +\d+(?:, of which \d+ \w+(?: and \d+ \w+(?: \w+)?)?)?/g,
];

/**
 * Returns each statement of a frame that the simulator's own state contradicts, and each number that no rule knows.
 * `rows` are those of the screen; log lines tell of their own time and are left out.
 */
export function contradictions(rows: readonly string[], facts: Facts): readonly string[] {
  const {regions} = facts.account;
  const columns = [0, 1].map((column) => rows.map((row) => row.split('│')[column] ?? ''));
  const lines = columns.flatMap(unwrapped).filter((line) => !isLog(line));
  const visible: SeenRegion[] = [];
  // Regions that one line stands for have no names to count the others by.
  const isShared = lines.some((line) => sharedRetry.test(line));
  return lines.flatMap((line) => {
    const row = /^ *[▸>]? *([a-z]{2}-[a-z]+-\d) {2,}(.*)$/.exec(line);
    const region = regions.get(row?.[1] ?? '');
    if (isShared && (sharedRetry.test(line) || /more Region|nothing in use/.test(line))) return [];
    if (row === null || region === undefined) return accountLine(line, regions, visible, facts);
    // The change that a question lists is one of the Region's, not all that is known of it.
    if (isGridRow(row[2] ?? '')) visible.push(region);
    return regionRow(line, row[2] ?? '', region);
  });
}

/** Joins the parts of a fact that takes several lines: they are indented below its dot. */
function unwrapped(lines: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (last !== undefined && /^ +[·●✓!?–] (?!Done: )/.test(last) && /^ {4}\S/.test(line)) {
      whole[whole.length - 1] = `${last} ${line.trim()}`;
    } else whole.push(line);
  }
  return whole;
}

function isLog(line: string): boolean {
  return /^ *\d\d:\d\d:\d\d /.test(line);
}

function isGridRow(text: string): boolean {
  return /[·●✓?!–○]/.test(text);
}

function regionRow(line: string, text: string, region: SeenRegion): readonly string[] {
  let rest = withoutNoFacts(text);
  const wrong = rowClaims.flatMap(([claim, actual]) => {
    const found = claim.exec(rest);
    if (found === null) return [];
    rest = rest.replace(found[0], '');
    return Number(found[1]) === actual(region)
      ? []
      : [`${line.trim()} — simulator: ${found[0]}? ${actual(region)}`];
  });
  const said = /✓ clear/.test(text) ? 'clear' : /\bin use/.test(text) ? 'in use' : undefined;
  const truth =
    said === undefined || said === region.truth ? [] : [`${line.trim()} — simulator: ${region.truth}`];
  return [...wrong, ...truth, ...unknownNumbers(line, rest)];
}

/** Returns true if the run has changed something in a Region that is clear now. */
function isChanged({truth, cancelled, removed}: SeenRegion): boolean {
  return truth === 'clear' && cancelled + removed > 0;
}

/** Statements about several Regions or the role, each with the number that the simulator gives. */
function accountLine(
  line: string,
  regions: Regions,
  visible: readonly SeenRegion[],
  {state, account, deletions}: Facts,
): readonly string[] {
  const all = [...regions.values()];
  const sum = (of: (region: SeenRegion) => number): number => all.reduce((total, one) => total + of(one), 0);
  // `25 more Regions: 1 in use, 24 clear` counts those that have no row of their own.
  const hidden = /\bmore Regions?\b/.test(line);
  const those = (truth: SeenRegion['truth']): number =>
    all.filter((one) => one.truth === truth).length -
    (hidden ? visible.filter((one) => one.truth === truth).length : 0);
  const through = [all.filter(({truth}) => truth !== 'unknown').length, all.length];
  const quiet = all.filter(({running, truth}) => running === 0 && truth !== 'unknown').length;
  const withoutRow = (one: SeenRegion): boolean => !visible.includes(one);
  const untouched = all.filter((one) => one.truth === 'clear' && !isChanged(one));
  const {accepted, removed} = account.changes;
  const present = account.changesNow;
  const question = state.question;
  const roleAlone = question?.kind === 'type-text';
  const number = (of: (region: SeenRegion) => boolean): number => all.filter(of).length;
  const claims: readonly (readonly [RegExp, readonly number[]])[] = [
    // What is asked for, by kind, and what an undo could bring back of it and of what was done.
    [
      /Cancel running builds: (\d+) in (\d+) Regions?/,
      [sum(({running}) => running), number(({running}) => running > 0)],
    ],
    [
      /Set schedules to manual: (\d+) in (\d+) Regions?/,
      [sum(({scheduled}) => scheduled), number(({scheduled}) => scheduled > 0)],
    ],
    [/takes back: Set schedules to manual (\d+)/, [removed + sum(({scheduled}) => scheduled)]],
    [/Not: Cancel running builds (\d+)/, [accepted + sum(({running, cancelling}) => running - cancelling)]],
    // The end of that sentence, where the text is scrolled to its end.
    [/^ +running builds (\d+)/, [accepted + sum(({running, cancelling}) => running - cancelling)]],
    [/(?:takes back: |, )Delete the role (\d+)/, [1]],
    [/(\d+)(?: more Regions?)? waived/, [those('unknown')]],
    [/(\d+) waiting/, [those('in use')]],
    [/(\d+) more Regions?(?=:)/, [all.length - visible.length]],
    [/(\d+) Regions? (?:has|have) nothing in use/, [untouched.filter(withoutRow).length]],
    [/(\d+)(?: more Regions?)? changed/, [all.filter(isChanged).filter(withoutRow).length]],
    [/(\d+)(?: more Regions?)? clear/, [hidden ? untouched.filter(withoutRow).length : those('clear')]],
    [/(\d+)(?: more Regions?)? (?:in use|waiting|named by AWS)/, [those('in use')]],
    [/\bStop +(\d+)\/(\d+)/, [present.accepted + present.removed, present.accepted + present.removed]],
    [/(\d+)(?: more Regions?)? unknown/, [those('unknown')]],
    [
      /(\d+) changes? in (\d+) Regions?/,
      [sum(({running, scheduled}) => running + scheduled), those('in use')],
    ],
    [/(\d+) changes?(?! in)/, [roleAlone ? 1 : sum(({running, scheduled}) => running + scheduled)]],
    [/(\d+) × imagebuilder:CancelImageCreation/, [sum(({running}) => running)]],
    [/(\d+) × imagebuilder:UpdateImagePipeline/, [sum(({scheduled}) => scheduled)]],
    [/Wait until no build is \S+ +(?:round \d+ +)?(\d+)\/(\d+)/, [quiet, all.length]],
    [/Wait until no build is running: (\d+) of (\d+)/, [quiet, all.length]],
    ...stepCount(/Cancel running builds +(\d+)\/(\d+)/, present.accepted, through),
    ...stepCount(/Set schedules to manual +(\d+)\/(\d+)/, present.removed, through),
    [/(\d+) pipelines? could be started/, [account.pipelines]],
    [/first check (\d+)(?: pipelines?|$)/, [account.pipelines]],
    [/(\d+) × iam:DeleteServiceLinkedRole/, [1]],
    [/(\d+) not (?:looked at|checked) yet/, [those('unknown')]],
    [/Changes +(\d+)(?=: )/, [accepted + removed + deletions]],
    [/Cancel running builds (\d+)(?=,|$)/, [accepted]],
    [/Set schedules to manual (\d+)(?=,|$)/, [removed]],
    [/(?:Delete|^) *(?:the )?role (\d+)$/, [deletions]],
    [/(\d+) Regions?(?! cannot)/, [all.length]],
  ];
  let rest = withoutNoFacts(line);
  const wrong = claims.flatMap(([claim, actual]) => {
    const found = claim.exec(rest);
    if (found === null) return [];
    rest = rest.replace(found[0], '');
    return found.slice(1).every((number, index) => Number(number) === actual[index])
      ? []
      : [`${line.trim()} — simulator: ${found[0]}? ${actual.join(', ')}`];
  });
  const gone =
    /(?<!that )the role is gone/.test(line) && account.hasRole
      ? [`${line.trim()} — simulator: it is there`]
      : [];
  return [...wrong, ...gone, ...unknownNumbers(line, rest)];
}

/** A step without a change to make counts the Regions that are past it: `through` of all. */
function stepCount(
  claim: RegExp,
  changes: number,
  through: readonly number[],
): readonly (readonly [RegExp, readonly number[]])[] {
  return [[claim, changes === 0 ? through : [changes, changes]]];
}

function withoutNoFacts(text: string): string {
  return noFacts.reduce((rest, pattern) => rest.replaceAll(pattern, ''), text);
}

function unknownNumbers(line: string, rest: string): readonly string[] {
  return /(?<![\w-])\d+/.test(rest) ? [`${line.trim()} — a number that no rule knows: ${rest.trim()}`] : [];
}
