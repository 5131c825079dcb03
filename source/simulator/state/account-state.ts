import type {PipelineMembers} from '../services/imagebuilder/pipeline-members.ts';
import type {Scenario, Surprise} from '../scenario/schema.ts';

/** Statuses that an image keeps for good. */
export type FinalStatus = 'AVAILABLE' | 'CANCELLED' | 'FAILED' | 'DEPRECATED' | 'DELETED' | 'DISABLED';

/** Source of a build's status: fixed, or derived from the simulated time. */
type BuildProgress =
  | {readonly kind: 'finished'; readonly status: FinalStatus}
  | {
      readonly kind: 'live';
      /** Milliseconds from start to AVAILABLE, when nothing stops the build. */
      readonly lastsMs: number;
      /** The workflow step that waits for a person; the build never goes past it. */
      readonly waitsAt?: string | undefined;
      cancel?: {readonly requestedAt: number; readonly endsAt: number};
      /** Number of cancellations that it refused. */
      refusals?: number;
    };

/** One build of an image version. Image Builder calls it an image build version. */
export interface Build {
  readonly arn: string;
  readonly versionArn: string;
  readonly name: string;
  readonly version: string;
  readonly buildNumber: number;
  readonly type: 'AMI' | 'DOCKER';
  readonly platform: 'Linux' | 'Windows';
  readonly buildType: 'USER_INITIATED' | 'SCHEDULED' | 'IMPORT' | 'IMPORT_ISO';
  /** Absent for builds that no pipeline started: CreateImage, ImportVmImage, RetryImage. */
  readonly pipelineArn?: string | undefined;
  /** Simulated milliseconds since 1970. */
  readonly startedAt: number;
  readonly progress: BuildProgress;
  /** The Region that a RoleUsageList names for this build where it is not the ARN's, as real AWS has answered. */
  readonly reportedRegion?: string | undefined;
  /** Simulated seconds from its cancellation to CANCELLED; the scenario's for all builds when undefined. */
  readonly cancelSeconds?: number | undefined;
  /** Another account owns it and shares it with this one. */
  readonly shared: boolean;
}

/** One pipeline. UpdateImagePipeline replaces `members`; the service keeps the rest. */
export interface Pipeline {
  readonly arn: string;
  readonly name: string;
  readonly platform: 'Linux' | 'Windows';
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  updatedAt: number;
  members: PipelineMembers;
  /** Members that answers carry although no SDK models them yet. An update loses them. */
  notYetModelled: Readonly<Record<string, unknown>>;
}

/** An answer that is given again when its client token comes back. */
interface RememberedAnswer {
  readonly operation: string;
  readonly parameters: string;
  readonly answer: object;
}

export interface RegionState {
  readonly optStatus: 'ENABLED' | 'ENABLED_BY_DEFAULT' | 'ENABLING' | 'DISABLING' | 'DISABLED';
  /** By ARN. */
  readonly builds: Map<string, Build>;
  /** By ARN. */
  readonly pipelines: Map<string, Pipeline>;
  /** By client token. */
  readonly answers: Map<string, RememberedAnswer>;
}

export interface Role {
  readonly id: string;
  readonly createdAt: number;
  description: string;
}

export interface RoleUsage {
  readonly Region: string;
  readonly Resources: readonly string[];
}

/** End of a deletion task; absent while it runs. */
export type TaskEnd =
  | {readonly status: 'SUCCEEDED'}
  | {readonly status: 'FAILED'; readonly reason?: string; readonly usage?: readonly RoleUsage[]};

export interface DeletionTask {
  readonly id: string;
  readonly startedAt: number;
  readonly endsAt: number;
  end?: TaskEnd;
}

/** Keys that AssumeRole gave out, by their access key id in {@link AccountState.sessions}. */
interface RoleSession {
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** The session's ARN. */
  readonly caller: string;
  /** Id of the account that the role is in. */
  readonly owner: string;
  /** Simulated milliseconds since 1970, where the session ends before its keys say so. */
  readonly endsAt?: number;
}

/** One account of an organization beside its management account. */
export interface MemberAccount {
  readonly id: string;
  readonly name: string;
  readonly ou: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  state: OrganizationAccounts['state'];
  /** Name of the role that others can take on; undefined when there is none. */
  readonly role: string | undefined;
  readonly externalId: string | undefined;
  readonly sessionSeconds: number;
  readonly sessionsEndAfter: number | undefined;
  readonly scenario: Scenario;
}

type OrganizationAccounts = NonNullable<Scenario['organization']>['accounts'][number];

/** An organization of accounts, each a world that begins with its first request. */
export interface OrganizationState {
  readonly id: string;
  readonly managementId: string;
  /** By account id. */
  readonly members: ReadonlyMap<string, MemberAccount>;
  /** The members' contents so far, by account id. */
  readonly worlds: Map<string, AccountState>;
  /** Takes a token for a request of AssumeRole at a simulated time; false when it is throttled. */
  readonly mayAssume: (at: number) => boolean;
}

/** A surprise that is still to come, with the requests of its operation so far. */
interface PendingSurprise {
  readonly surprise: Surprise;
  seen: number;
}

/** A change calendar of Systems Manager. `turns`: when it opens or closes, in turn (simulated milliseconds since 1970). */
interface ChangeCalendar extends Omit<Scenario['calendars'][number], 'turnsAfter'> {
  readonly turns: readonly number[];
}

/** Contents of a simulated account. Only operations change it, in place. */
export interface AccountState {
  readonly scenario: Scenario;
  /** By Region name. */
  readonly regions: Map<string, RegionState>;
  role: Role | undefined;
  /** By task id, oldest first. */
  readonly deletionTasks: Map<string, DeletionTask>;
  /** By access key id. The accounts of an organization share them. */
  readonly sessions: Map<string, RoleSession>;
  readonly organization?: OrganizationState | undefined;
  readonly calendars: readonly ChangeCalendar[];
  readonly surprises: PendingSurprise[];
}
