import type {PlannedChange} from '../../source/engine/model/events.ts';
import type {Account} from '../../source/fleet/account.ts';
import {waveQuestion} from '../../source/fleet/consent.ts';
import type {
  FleetEvent,
  FleetHappening,
  FleetStarted,
  Look,
  WaveQuestion,
} from '../../source/fleet/events.ts';
import {evolveFleet} from '../../source/fleet/evolve.ts';
import {initialFleet, type FleetState} from '../../source/fleet/state.ts';

/** When the fixture's fleets start (ms since the epoch). */
export const fleetStart = Date.UTC(2026, 10, 27, 9, 0, 0);

const role = 'AWSServiceRoleForImageBuilder';

/** The deletion of the role in an account, after `schedules` of its pipelines were set to manual. */
function changesIn(account: string, schedules = 0): readonly PlannedChange[] {
  return [
    ...Array.from({length: schedules}, (_, index) => ({
      step: 'schedules',
      title: 'Set schedules to manual',
      region: 'eu-west-1',
      operation: 'imagebuilder:UpdateImagePipeline',
      target: `arn:aws:imagebuilder:eu-west-1:${account}:image-pipeline/nightly-${index}`,
      request: {},
    })),
    {
      step: 'delete',
      title: 'Delete the role',
      operation: 'iam:DeleteServiceLinkedRole',
      target: role,
      request: {},
    },
  ];
}

const noDoor =
  'AWS could not be asked who is calling: AccessDenied: denied by IAM: User: arn:aws:sts::123456789012:assumed-role/ops/kim is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::300000000003:role/Fleet (have the permission added)';

/** Plays what happens in a fleet, each at a time in seconds since the start. */
export class FleetPlay {
  state: FleetState = initialFleet;
  readonly events: FleetEvent[] = [];

  at(seconds: number, ...happenings: readonly FleetHappening[]): this {
    for (const happening of happenings) {
      const event: FleetEvent = {...happening, at: fleetStart + seconds * 1000};
      this.events.push(event);
      this.state = evolveFleet(this.state, event);
    }
    return this;
  }

  begin(accounts: readonly Account[], change: Partial<FleetStarted> = {}): this {
    return this.at(0, {
      type: 'fleet-started',
      fleet: 'f-20261127T090000Z-k3v9',
      runbook: {
        name: 'delete-service-linked-role',
        title: 'Delete the Image Builder service-linked role',
        file: 'runbooks/delete-service-linked-role.yaml',
        text: '',
        sha256: '0'.repeat(64),
      },
      mode: 'live',
      inputs: {},
      base: {
        account: '123456789012',
        arn: 'arn:aws:sts::123456789012:assumed-role/ops/kim',
        partition: 'aws',
      },
      role: 'OrganizationAccountAccessRole',
      regions: [],
      subject: role,
      limits: {canary: 1, wave: {percent: 25}, tolerate: 2, soakSeconds: 900, maxDeleting: 10, looking: 8},
      accounts,
      skipped: [{account: {id: '400000000001', name: 'closed'}, why: 'SUSPENDED'}],
      versions: {},
      ...change,
    });
  }

  look(seconds: number, account: string, look: Partial<Look> = {}): this {
    return this.at(
      seconds,
      {type: 'look-started', account, run: `look-${account}`},
      {
        type: 'look-ended',
        account,
        outcome: 'ready',
        message: 'looked',
        changes: changesIn(account),
        unknown: [],
        ...look,
      },
    );
  }

  /** Asks for a wave of these accounts. */
  ask(seconds: number, ...ids: readonly string[]): WaveQuestion {
    const rows = ids.flatMap((id) => this.state.accounts.get(id) ?? []);
    const question = waveQuestion(this.state, rows);
    this.at(seconds, {type: 'wave-asked', ...question});
    return question;
  }

  /** A wave that was agreed to and is over; `failed` says why an account failed. */
  wave(seconds: number, ids: readonly string[], failed: Readonly<Record<string, string>> = {}): this {
    const {wave} = this.ask(seconds, ...ids);
    this.at(seconds, {type: 'wave-answered', wave, accepted: true, by: 'kim'});
    for (const account of ids) {
      const message = failed[account];
      this.at(
        seconds,
        {type: 'child-started', account, run: `run-${account}`},
        {
          type: 'child-ended',
          account,
          status: message === undefined ? 'done' : 'failed',
          message: message ?? 'the role is gone',
          made: message === undefined ? 1 : 0,
          unknown: [],
        },
      );
    }
    const bad = Object.keys(failed).length;
    return this.at(seconds, {type: 'wave-ended', wave, done: ids.length - bad, failed: bad});
  }
}

/** Ids and names of `count` accounts. */
export function accountsOf(count: number, first = 200_000_000_001): readonly Account[] {
  return Array.from({length: count}, (_, index) => ({
    id: String(first + index).padStart(12, '0'),
    name: `service-${index + 1}`,
    ou: index % 2 === 0 ? 'Workloads/Prod' : 'Workloads/Dev',
    tags: {stage: index % 2 === 0 ? 'prod' : 'dev'},
  }));
}

/** Everything was looked at: two accounts cannot be entered, one has an unknown Region, one has nothing to change. */
export function lookedEverywhere(): FleetPlay {
  const accounts = accountsOf(12);
  const play = new FleetPlay().begin(accounts);
  accounts.forEach(({id}, index) => {
    if (index < 2) play.look(2, id, {outcome: 'closed', message: noDoor, changes: []});
    else if (index === 2)
      play.look(2, id, {
        outcome: 'blocked',
        message: 'could not look at eu-west-1',
        changes: [],
        unknown: ['eu-west-1'],
      });
    else if (index === 3) play.look(2, id, {outcome: 'clear', message: 'no role', changes: []});
    else play.look(2, id, {changes: changesIn(id, index === 4 ? 6 : 0)});
  });
  return play;
}
