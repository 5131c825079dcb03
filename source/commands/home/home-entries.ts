import {InvalidRunbook} from '../../runbook/load/problem.ts';
import {ago} from '../../text/time.ts';
import {signs} from '../../wording/signs.ts';
import type {HomeEntry} from '../../ui/home/home-list.ts';
import {readyRunbook} from '../../runs/runbooks/prebuilt-runbooks.ts';
import {listRuns, type ListedRun} from '../../runs/list-runs.ts';
import {runbookFilesIn} from '../../runs/runbooks/files-in-folder.ts';
import {libraryRunbooks, libraryTitle, shippedRunbooks} from '../../runs/runbooks/shipped-files.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {effectOf} from '../../aws/catalogue/effects.ts';
import {operationsOf} from '../../runbook/actions/actions.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {formFields} from './form-fields.ts';

/**
 * Returns a function that reads all choices: first what other terminals do, then unfinished runs. Runbooks and what
 * no process writes to any more are read once.
 */
export function entriesReader(env: NodeJS.ProcessEnv): (now: number) => Promise<readonly HomeEntry[]> {
  const known = new Map<string, ListedRun>();
  let runbooks: Promise<readonly HomeEntry[]> | undefined;
  return async (now) => {
    const listed = listRuns(env, known);
    runbooks ??= readRunbooks(listed, env);
    const own = runs(listed, now);
    const open = own.filter(({argv}) => argv[0] === 'watch' || argv[0] === 'resume');
    const others = own.filter((entry) => !open.includes(entry));
    return [...open, ...(await runbooks), demo, ...others, ...fromLibrary()];
  };
}

async function readRunbooks(
  listed: readonly ListedRun[],
  env: NodeJS.ProcessEnv,
): Promise<readonly HomeEntry[]> {
  const read = (section: string, names: readonly string[]): Promise<readonly OrderedEntry[]> =>
    Promise.all(names.map((name) => runbook(section, name, listed, env)));
  const own = [...(await read('Runbooks', shippedRunbooks()))];
  const here = await read('Runbooks in this folder', runbookFilesIn('.'));
  // Those that only read come first: to look around is the first thing to do.
  return [...own.toSorted((a, b) => a.rank - b.rank), ...here].map(({entry}) => entry);
}

const demo: HomeEntry = {
  section: 'To try it',
  name: 'demo',
  purpose: 'Step through the role removal against a simulated AWS; nothing real is touched',
  argv: ['demo'],
};

/** 0 for a runbook that only reads, 1 for any other. */
interface OrderedEntry {
  readonly entry: HomeEntry;
  readonly rank: number;
}

/** The library comes last: it is found by typing, and hides nothing that is nearer. */
function fromLibrary(): readonly HomeEntry[] {
  return libraryRunbooks().map((name) => ({
    section: 'Library, for other services',
    name,
    purpose: libraryTitle(name),
    argv: ['run', name],
    planArgv: ['run', name, '--plan'],
  }));
}

async function runbook(
  section: string,
  name: string,
  listed: readonly ListedRun[],
  env: NodeJS.ProcessEnv,
): Promise<OrderedEntry> {
  const entry = {section, name, argv: ['run', name]};
  try {
    const loaded =
      readyRunbook(name) ?? (await import('../../runs/runbooks/find-runbook.ts')).findRunbook(name);
    const {title, inputs} = loaded.runbook;
    const fields = Object.keys(inputs).length === 0 ? {} : {fields: formFields(loaded.runbook, listed, env)};
    return {
      entry: {...entry, purpose: title, planArgv: ['run', name, '--plan'], ...fields},
      rank: onlyReads(loaded.runbook) ? 0 : 1,
    };
  } catch (error) {
    if (!(error instanceof InvalidRunbook) && !(error instanceof UsageError)) throw error;
    const reason = error.message.split('\n')[0] ?? '';
    const purpose = `cannot be used: ${reason}`;
    return {entry: {...entry, purpose, sign: signs.trouble, argv: ['check', name]}, rank: 1};
  }
}

/** Returns true if no step can change anything, by the names of its operations. */
function onlyReads({steps}: Runbook): boolean {
  return steps.flatMap(operationsOf).every((name) => {
    const [service = '', operation = ''] = name.split(':');
    return effectOf(service, operation, undefined).effect === 'read';
  });
}

const sections: Readonly<Record<ListedRun['status'], string>> = {
  running: 'Running elsewhere',
  'can be resumed': 'Runs to go on with',
  finished: 'Runs to watch again',
  damaged: 'Damaged journals',
};

function runs(listed: readonly ListedRun[], now: number): readonly HomeEntry[] {
  const order = Object.keys(sections);
  return listed
    .map((run) => ({run, rank: order.indexOf(run.status)}))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({run}) => ({
      section: sections[run.status],
      name: run.id,
      purpose: [run.title, run.account, run.progress, ago(now - run.at)]
        .filter((part) => part !== '')
        .join(' · '),
      ...(run.status === 'damaged' ? {sign: signs.trouble} : {}),
      ...(run.status === 'running'
        ? {working: {account: run.account.split(' ')[0] ?? '', at: run.progress}}
        : {}),
      argv: commandFor(run),
    }));
}

function commandFor({id, status}: ListedRun): readonly string[] {
  switch (status) {
    case 'can be resumed':
      return ['resume', id];
    case 'running':
      return ['watch', id];
    case 'finished':
      return ['replay', id];
    default:
      return ['verify', id];
  }
}
