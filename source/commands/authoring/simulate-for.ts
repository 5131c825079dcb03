import {loadRehearsal, emptyRehearsal} from '../../authoring/rehearsal/load-rehearsal.ts';
import {scenarioOfRun, type ScenarioOfRun} from '../../authoring/rehearsal/from-journal/scenario-of-run.ts';
import {rehearsedAws} from '../../authoring/rehearsal/rehearsed-aws.ts';
import {serveRehearsal, type Rehearsing} from '../../authoring/rehearsal/serve.ts';
import {modelsFor} from '../../aws/catalogue/operation-models.ts';
import {findRun} from '../../journal/find-run.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';

/** Where the answers of a rehearsal come from: a scenario file, or a run. Without either they are empty. */
interface Source {
  readonly scenario?: string;
  readonly run?: string;
}

/**
 * Serves the services of a runbook on this host. Throws UsageError, NoSuchRun, CorruptJournal, InvalidRunbook with what
 * is wrong in either file, and the errors of listening.
 */
export async function rehearse(name: string, {scenario, run}: Source, port: number): Promise<Rehearsing> {
  const runbook = findRunbook(name);
  await modelsFor(runbook);
  const content =
    run !== undefined
      ? (await scenarioFrom(name, run)).scenario
      : scenario === undefined
        ? emptyRehearsal
        : await loadRehearsal(scenario, runbook);
  return serveRehearsal(await rehearsedAws(runbook.runbook, content), port);
}

/** Makes a scenario of a run, and says on standard error what it lacks. Throws as above. */
export async function scenarioFrom(name: string, run: string): Promise<ScenarioOfRun> {
  const made = await scenarioOfRun(findRun(run, process.env), findRunbook(name));
  for (const line of made.lacks) process.stderr.write(`handrail: ${line}\n`);
  return made;
}
