import type {Event, Happening, Item, PlannedChange, StepOutline} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import type {Fault} from '../../source/engine/model/fault.ts';
import type {RunState} from '../../source/engine/model/state.ts';

/** When the fixture's runs start (ms since the epoch). */
export const start = Date.UTC(2026, 10, 22, 12, 0, 0);

export const regions: readonly string[] = [
  'us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-south-1 ap-south-2 ap-northeast-1',
  'ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5',
  'ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2',
  'eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1',
].flatMap((names) => names.split(' '));

export const steps: readonly StepOutline[] = [
  {id: 'role', title: 'Find the role', scope: 'account', does: 'look'},
  {
    id: 'builds',
    title: 'Verify no image builds are running',
    scope: 'region',
    does: 'look',
    column: 'Builds',
  },
  {id: 'pipelines', title: 'Find scheduled pipelines', scope: 'region', does: 'look', column: 'Schedules'},
  {id: 'agree', title: 'Show the plan', scope: 'account', does: 'confirm'},
  {id: 'cancel', title: 'Cancel running builds', scope: 'region', does: 'change', column: 'Builds'},
  {id: 'schedules', title: 'Set schedules to manual', scope: 'region', does: 'change', column: 'Schedules'},
  {id: 'quiet', title: 'Wait until every Region is quiet', scope: 'region', does: 'wait', column: 'Builds'},
  {id: 'approve', title: 'Approve the deletion', scope: 'account', does: 'confirm'},
  {
    id: 'delete',
    title: 'Delete the role',
    scope: 'account',
    does: 'change',
    outcome: {step: 'deleted', reached: 'the role is gone', missed: 'the role is still there'},
  },
  {id: 'deleted', title: 'Wait for the deletion task', scope: 'account', does: 'wait'},
];

export const denied: Fault = {
  kind: 'denied',
  name: 'AccessDeniedException',
  message:
    'ops/kim is not authorized to perform imagebuilder:ListImages with an explicit deny in a service control policy',
  status: 403,
  requestId: '5f0c2d1e-8a51-4c60-9d7e-aa10b7c5e001',
  remedy: 'Ask the organization’s administrator, or waive the Region by name.',
};

const throttled: Fault = {
  kind: 'throttled',
  name: 'CallRateLimitExceededException',
  message: 'Rate exceeded',
  status: 429,
};

export function buildArn(region: string, name: string): string {
  return `arn:aws:imagebuilder:${region}:123456789012:image/${name}/1.4.2/7`;
}

export function pipelineArn(region: string, name: string): string {
  return `arn:aws:imagebuilder:${region}:123456789012:image-pipeline/${name}`;
}

type RunStarted = Extract<Happening, {type: 'run-started'}>;

/** Plays happenings one after the other, each at a time in seconds since the start. */
export class Play {
  state: RunState = initialState;
  readonly events: Event[] = [];
  private call = 0;

  at(seconds: number, ...happenings: readonly Happening[]): this {
    for (const happening of happenings) {
      const event: Event = {...happening, at: start + seconds * 1000};
      this.events.push(event);
      this.state = evolve(this.state, event);
    }
    return this;
  }

  begin({live = false, ...change}: Partial<RunStarted> & {readonly live?: boolean} = {}): this {
    return this.at(0, {
      type: 'run-started',
      run: '20261122-120000-k3v9',
      runbook: {
        name: 'delete-service-linked-role',
        title: 'Delete the Image Builder service-linked role',
        file: 'runbooks/delete-service-linked-role.yaml',
        text: '',
        sha256: '0'.repeat(64),
      },
      steps,
      inputs: {},
      mode: 'live',
      simulation: !live,
      identity: {
        account: '123456789012',
        arn: 'arn:aws:sts::123456789012:assumed-role/ops/kim',
        partition: 'aws',
        alias: 'prod-images',
      },
      ...(live ? {} : {endpoint: 'http://127.0.0.1:41879'}),
      regions,
      regionSource: 'discovered',
      notes: [],
      versions: {},
      ...change,
    });
  }

  /** A step that starts and succeeds in one go. */
  step(
    seconds: number,
    step: string,
    region?: string,
    result: {summary?: string; inUse?: number; items?: readonly Item[]} = {},
  ): this {
    const place = region === undefined ? {step} : {step, region};
    const {items = [{key: '', value: null}], ...rest} = result;
    return this.at(
      seconds,
      {type: 'step-started', items, ...place},
      {type: 'step-succeeded', output: null, ...place, ...rest},
    );
  }

  /** One call of an item, begun and failed or succeeded. */
  calls(
    seconds: number,
    place: {step: string; region?: string},
    item: string,
    operation: string,
    end?: {ok: true; nextPollAt?: number} | {ok: false; fault: Fault; retryAt?: number; maxAttempts?: number},
    effect: 'read' | 'change' = 'read',
  ): this {
    this.call += 1;
    const call = this.call;
    this.at(seconds, {
      type: 'call-started',
      call,
      item,
      phase: 'call',
      operation,
      effect,
      attempt: 1,
      page: 1,
      input: {},
      ...place,
    });
    if (end === undefined) return this;
    const {ok, ...rest} = end;
    return this.at(
      seconds,
      ok
        ? {type: 'call-succeeded', call, ms: 40, ...(rest as {nextPollAt?: number})}
        : {type: 'call-failed', call, ms: 40, ...(rest as {fault: Fault; retryAt?: number})},
    );
  }
}

const builds: {readonly [region: string]: number} = {
  'us-east-1': 2,
  'eu-west-1': 2,
  'ap-south-1': 1,
  'sa-east-1': 1,
};
const schedules: {readonly [region: string]: number} = {
  'us-east-1': 4,
  'eu-west-1': 3,
  'eu-north-1': 5,
};

function changes(): readonly PlannedChange[] {
  const cancels = Object.entries(builds).flatMap(([region, number]) =>
    Array.from({length: number}, (_, index) => ({
      step: 'cancel',
      title: 'Cancel running builds',
      region,
      operation: 'imagebuilder:CancelImageCreation',
      target: buildArn(region, `base-${index}`),
    })),
  );
  const updates = Object.entries(schedules).flatMap(([region, number]) =>
    Array.from({length: number}, (_, index) => ({
      step: 'schedules',
      title: 'Set schedules to manual',
      region,
      operation: 'imagebuilder:UpdateImagePipeline',
      target: pipelineArn(region, `web-nightly-${index}`),
      detail: 'schedule cron(0 3 * * ? *) removed',
    })),
  );
  return [...cancels, ...updates];
}

/** Every Region looked at; `blocked` could not be. */
export function looked(blocked: readonly string[] = []): Play {
  const play = new Play().begin().step(1, 'role', undefined, {summary: 'last used 2026-11-20 in eu-west-1'});
  for (const region of regions) {
    if (blocked.includes(region)) {
      play.at(2, {type: 'step-started', step: 'builds', region, items: [{key: '', value: null}]});
      play.calls(2, {step: 'builds', region}, '', 'imagebuilder:ListImages', {ok: false, fault: denied});
      play.at(2, {type: 'step-failed', step: 'builds', region, fault: denied});
      continue;
    }
    const running = builds[region] ?? 0;
    const scheduled = schedules[region] ?? 0;
    play.step(2, 'builds', region, {summary: `${running} running`, inUse: running});
    play.step(3, 'pipelines', region, {summary: `${scheduled} scheduled`, inUse: scheduled});
  }
  return play;
}

/** The plan is on the screen. */
export function asked(): Play {
  return looked().at(4, {
    type: 'asked',
    question: {
      kind: 'confirm',
      step: 'agree',
      message:
        'Go ahead with these changes?\nBuilds that are running are cancelled; schedules are removed and kept in the journal.',
      changes: changes(),
    },
  });
}

/** The deletion itself is to be confirmed by typing the role's name. */
export const typedQuestion = {
  kind: 'type-text',
  step: 'approve',
  message:
    'Delete AWSServiceRoleForImageBuilder from 123456789012 (prod-images)?\nAWS makes the role again when anyone next creates an image.',
  changes: [
    {
      step: 'delete',
      title: 'Delete the role',
      operation: 'iam:DeleteServiceLinkedRole',
      target: 'AWSServiceRoleForImageBuilder',
    },
  ],
  typeToConfirm: 'AWSServiceRoleForImageBuilder',
} as const;

/** Changes are being made: one Region is throttled, one waits, one could not be looked at. */
export function changing(): Play {
  const play = looked(['me-central-1'])
    .at(5, {type: 'answered', step: 'agree', accepted: true, by: 'terminal'})
    .step(5, 'agree');
  for (const region of regions) {
    if (region === 'me-central-1') continue;
    const number = builds[region] ?? 0;
    if (number === 0) {
      play.at(6, {type: 'step-skipped', step: 'cancel', region, why: 'nothing to do'});
      continue;
    }
    const items = Array.from({length: number}, (_, index) => ({
      key: buildArn(region, `base-${index}`),
      value: null,
    }));
    play.at(6, {type: 'step-started', step: 'cancel', region, items});
    const [first] = items;
    if (first === undefined) continue;
    const place = {step: 'cancel', region};
    if (region === 'eu-west-1') {
      const retryAt = start + 14_000;
      play.calls(
        6,
        place,
        first.key,
        'imagebuilder:CancelImageCreation',
        {ok: false, fault: throttled, retryAt, maxAttempts: 5},
        'change',
      );
      continue;
    }
    play.calls(6, place, first.key, 'imagebuilder:CancelImageCreation', {ok: true}, 'change');
    play.at(6, {type: 'item-done', ...place, item: first.key, output: null, note: 'cancelled'});
    if (number === 1)
      play.at(6, {type: 'step-succeeded', ...place, output: null, summary: '1 cancelled', inUse: 0});
  }
  return play;
}

/** What the failed deletion task named. */
const usage = [
  {region: 'eu-west-1', resource: buildArn('eu-west-1', 'web'), reportedRegion: 'us-east-1'},
  {region: 'eu-north-1', resource: pipelineArn('eu-north-1', 'db-weekly')},
] as const;

/** The deletion task failed; the run waits before it goes back. */
export function detoured(): Play {
  const fault: Fault = {
    kind: 'waiter',
    name: 'WaiterFailed',
    message: 'the role is still in use by 2 resources',
  };
  return looked().at(
    30,
    {type: 'step-started', step: 'deleted', items: [{key: '', value: null}]},
    {type: 'item-failed', step: 'deleted', item: '', fault, usage},
    {
      type: 'went-back',
      step: 'deleted',
      to: 'builds',
      visit: 1,
      maxVisits: 5,
      resumeAt: start + 210_000,
      fault,
      usage,
    },
  );
}

/** Done. */
export function done(): Play {
  return changing().at(94, {type: 'run-ended', status: 'done', message: 'the role is gone'});
}
