import {loadRehearsal, emptyRehearsal} from '../../authoring/rehearsal/load-rehearsal.ts';
import {rehearsedAws} from '../../authoring/rehearsal/rehearsed-aws.ts';
import {serveRehearsal, type Rehearsing} from '../../authoring/rehearsal/serve.ts';
import {modelsFor} from '../../aws/catalogue/operation-models.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';

/**
 * Serves the services of a runbook on this host, by a scenario file; without one with empty answers. Throws UsageError,
 * InvalidRunbook with what is wrong in either file, and the errors of listening.
 */
export async function rehearse(
  name: string,
  scenario: string | undefined,
  port: number,
): Promise<Rehearsing> {
  const runbook = findRunbook(name);
  await modelsFor(runbook);
  const content = scenario === undefined ? emptyRehearsal : await loadRehearsal(scenario, runbook);
  return serveRehearsal(await rehearsedAws(runbook.runbook, content), port);
}
