import {modelsFor} from '../../aws/catalogue/operation-models.ts';
import {defined} from '../../data/defined.ts';
import type {Identity} from '../../engine/model/identity.ts';
import {outlineOf} from '../../engine/outline.ts';
import type {FleetStarted} from '../../fleet/events.ts';
import {maskedInputs} from '../../runbook/inputs.ts';
import {wantedTexts} from '../answers/stray-answers.ts';
import {policyOf} from '../policy/find-policies.ts';
import {versions} from '../prepare-run.ts';
import type {FleetOrder} from './fleet-order.ts';

/** Returns the first event of a fleet. */
export async function fleetStarted(order: FleetOrder, fleet: string, base: Identity): Promise<FleetStarted> {
  const {file, text, included, sha256, runbook} = order.loaded;
  const {name, title} = runbook;
  return {
    type: 'fleet-started',
    fleet,
    runbook: {name, title, file, text, ...(included.length === 0 ? {} : {included}), sha256},
    mode: order.mode,
    ...defined({simulation: order.simulation, looksOnly: await changesNothing(order)}),
    inputs: maskedInputs(order.inputs),
    base,
    role: order.role,
    ...defined({externalId: order.externalId}),
    regions: order.regions,
    subject: subjectOf(order, base),
    limits: order.limits,
    ...defined({gates: order.gates, defaults: order.defaults}),
    accounts: order.chosen.accounts,
    skipped: order.chosen.skipped,
    ...policyIn(order),
    versions: versions(),
  };
}

/** Returns true if no step of the runbook changes something; undefined if one does. */
async function changesNothing({loaded}: FleetOrder): Promise<true | undefined> {
  const steps = outlineOf({runbook: loaded.runbook, operations: await modelsFor(loaded)});
  return steps.some(({does}) => does === 'change') ? undefined : true;
}

/** Returns the policies as the journal keeps them; nothing in a simulation. */
export function policyIn({policies}: FleetOrder): Pick<FleetStarted, 'policy' | 'policyWindows'> {
  if (policies === undefined) return {};
  const {files, windows} = policyOf(policies);
  return {policy: files, ...defined({policyWindows: windows})};
}

/** What the runbook wants typed, if that is one text for every account; else its name. */
function subjectOf({loaded, inputs}: FleetOrder, base: Identity): string {
  const about = (account: string): readonly string[] =>
    wantedTexts(loaded.runbook, {inputs: maskedInputs(inputs), identity: {...base, account}, regions: []}) ??
    [];
  const texts = [...new Set(['000000000000', '111111111111'].flatMap(about))];
  return texts.length === 1 && texts[0] !== undefined ? texts[0] : loaded.runbook.name;
}
