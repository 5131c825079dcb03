import {InvalidRunbook} from '../../runbook/load/problem.ts';
import {ago} from '../../text/time.ts';
import {signs} from '../../wording/signs.ts';
import type {HomeEntry} from '../../ui/home/home-list.ts';
import {readyRunbook} from '../../runs/runbooks/prebuilt-runbooks.ts';
import {listRuns, type ListedRun} from '../../runs/list-runs.ts';
import {runbookFilesIn} from '../../runs/runbooks/files-in-folder.ts';
import {libraryRunbooks, libraryTitle, shippedRunbooks} from '../../runs/runbooks/shipped-files.ts';
import {UsageError} from '../../cli/usage-error.ts';

/** Returns all choices at `now` (ms since the epoch), unfinished runs first. */
export async function homeEntries(env: NodeJS.ProcessEnv, now: number): Promise<readonly HomeEntry[]> {
  const own = runs(listRuns(env), now);
  const open = own.filter(({argv}) => argv[0] === 'resume');
  const runbooks = [...(await shipped()), ...(await inFolder('.'))];
  return [...open, ...runbooks, demo, ...own.filter((entry) => !open.includes(entry)), ...fromLibrary()];
}

const demo: HomeEntry = {
  section: 'To try it',
  name: 'demo',
  purpose: 'Step through the role removal against a simulated AWS; nothing real is touched',
  argv: ['demo'],
};

function shipped(): Promise<readonly HomeEntry[]> {
  return Promise.all(shippedRunbooks().map((name) => runbook('Runbooks', name)));
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

function inFolder(folder: string): Promise<readonly HomeEntry[]> {
  return Promise.all(runbookFilesIn(folder).map((file) => runbook('Runbooks in this folder', file)));
}

async function runbook(section: string, name: string): Promise<HomeEntry> {
  const entry = {section, name, argv: ['run', name]};
  try {
    const loaded =
      readyRunbook(name) ?? (await import('../../runs/runbooks/find-runbook.ts')).findRunbook(name);
    const {title} = loaded.runbook;
    return {...entry, purpose: title, planArgv: ['run', name, '--plan']};
  } catch (error) {
    if (!(error instanceof InvalidRunbook) && !(error instanceof UsageError)) throw error;
    const reason = error.message.split('\n')[0] ?? '';
    return {...entry, purpose: `cannot be used: ${reason}`, sign: signs.trouble, argv: ['check', name]};
  }
}

const sections: Readonly<Record<ListedRun['status'], string>> = {
  'can be resumed': 'Runs to go on with',
  running: 'Running elsewhere',
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
      argv: commandFor(run),
    }));
}

function commandFor({id, status}: ListedRun): readonly string[] {
  switch (status) {
    case 'can be resumed':
      return ['resume', id];
    case 'running':
      return ['replay', id, '--follow'];
    case 'finished':
      return ['replay', id];
    default:
      return ['verify', id];
  }
}
