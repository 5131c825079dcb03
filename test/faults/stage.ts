import type {OperationModel} from '../../source/runbook/operation.ts';
import type {FaultRule} from '../../source/simulator/faults.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';

/** The Region that has everything. */
export const busy = 'eu-west-1';

/** A run that comes to an operation. */
export interface Stage {
  readonly runbook: string;
  readonly inputs: readonly string[];
  readonly scenario: Scenario;
  /** What else has to fail for the run to come there. */
  readonly faults: readonly FaultRule[];
}

const inUse = loadScenario(new URL('in-use.yaml', import.meta.url).pathname);
const removal = {runbook: 'delete-service-linked-role', scenario: inUse, faults: []};
const waits = ['pollSeconds=5', 'retryWaitSeconds=30'];

/** Where each operation is met that the usual removal does not come to. */
const elsewhere: Readonly<Record<string, Stage>> = {
  DeleteImagePipeline: {...removal, inputs: [...waits, 'pipelines=delete']},
  // Not by a first refusal: on a busy machine the short time limit of some faults may eat it.
  ListImages: {
    ...removal,
    inputs: waits,
    scenario: {...inUse, builds: {...inUse.builds, listedByVersionOnly: true}},
  },
  CreateServiceLinkedRole: {
    runbook: 'create-service-linked-role',
    inputs: [],
    scenario: {...inUse, role: {...inUse.role, present: false}},
    faults: [],
  },
  UpdateRole: {
    runbook: 'edit-role-description',
    inputs: ['description=another one'],
    scenario: inUse,
    faults: [],
  },
  ...Object.fromEntries(
    ['ListAttachedRolePolicies', 'GetPolicy', 'GetPolicyVersion'].map((operation) => [
      operation,
      {runbook: 'inspect-service-linked-role', inputs: [], scenario: inUse, faults: []},
    ]),
  ),
};

/** The run in which an operation is met. */
export function stageFor({operation}: OperationModel): Stage {
  return elsewhere[operation] ?? {...removal, inputs: waits};
}
