import type {Event} from '../../../source/engine/model/events.ts';
import type {Simulator} from '../../../source/simulator/server.ts';

type Document = ReturnType<Simulator['account']>;
type RegionDocument = Document['regions'][string];

/** What the simulator itself says of a Region, at the time of the last answer that it gave about it. */
export interface SeenRegion {
  readonly running: number;
  /** Running builds whose cancellation it has accepted. */
  readonly cancelling: number;
  /** Builds that it has cancelled since the run began. */
  readonly cancelled: number;
  readonly scheduled: number;
  /** Schedules that are gone since the run began. */
  readonly removed: number;
  readonly truth: 'clear' | 'in use' | 'unknown';
}

const aboutBuilds = /^imagebuilder:(ListImageBuildVersions|ListImages|GetImage|CancelImageCreation)$/;
const aboutPipelines = /^imagebuilder:(ListImagePipelines|(Get|Update|Delete)ImagePipeline)$/;

/**
 * Keeps what the simulator's own state was whenever it answered. The run can know no more than that: a build that ends
 * between two checks is no fault of the screen's.
 */
export class SeenAccount {
  readonly #simulator: Simulator;
  readonly #before: Document;
  readonly #builds = new Map<string, RegionDocument>();
  readonly #pipelines = new Map<string, RegionDocument>();
  readonly #calls = new Map<number, Extract<Event, {type: 'call-started'}>>();
  /** What a list was answered from, by its Region and operation, until its last page is there. */
  readonly #lists = new Map<string, RegionDocument>();
  /** Cancellations and removals before the present attempt. */
  #earlier = {accepted: 0, removed: 0};

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
    this.#before = simulator.account();
  }

  /** Hears that answers have come. Time stands still until all of them are heard. */
  hear(events: readonly Event[]): void {
    let document: Document | undefined;
    const now = (): Document => (document ??= this.#simulator.account());
    for (const event of events) {
      if (event.type === 'call-started') {
        this.#calls.set(event.call, event);
      } else if (event.type === 'call-succeeded') {
        this.#answered(event, now());
      } else if (event.type === 'went-back') {
        this.#earlier = this.changes;
      }
    }
  }

  get regions(): ReadonlyMap<string, SeenRegion> {
    return new Map(Object.keys(this.#before.regions).map((region) => [region, this.#region(region)]));
  }

  /** Whether the role is there, as the simulator has it now. */
  get hasRole(): boolean {
    return this.#simulator.account().role !== null;
  }

  /** Pipelines of the Regions that were looked at. */
  get pipelines(): number {
    const seen = [...this.#pipelines.values()];
    return seen.reduce((sum, {pipelines}) => sum + Object.keys(pipelines).length, 0);
  }

  /** The changes that the simulator has accepted, as far as the run has heard. */
  get changes(): {readonly accepted: number; readonly removed: number} {
    const all = [...this.regions.values()];
    return {
      accepted: all.reduce((sum, {cancelling, cancelled}) => sum + cancelling + cancelled, 0),
      removed: all.reduce((sum, {removed}) => sum + removed, 0),
    };
  }

  /** Those of them that belong to the present attempt at the deletion. */
  get changesNow(): {readonly accepted: number; readonly removed: number} {
    const {accepted, removed} = this.changes;
    return {accepted: accepted - this.#earlier.accepted, removed: removed - this.#earlier.removed};
  }

  #answered({call, more}: Extract<Event, {type: 'call-succeeded'}>, now: Document): void {
    const {region = '', operation = '', page = 1} = this.#calls.get(call) ?? {};
    // The failed deletion names every resource that uses the role, in whatever Region.
    if (operation === 'iam:GetServiceLinkedRoleDeletionStatus' && hasFailed(now)) {
      for (const [name, one] of Object.entries(now.regions)) {
        if (runningIn(one).length + scheduledIn(one) === 0) continue;
        this.#builds.set(name, one);
        this.#pipelines.set(name, one);
      }
    }
    const key = `${region} ${operation}`;
    const document = page === 1 ? now.regions[region] : this.#lists.get(key);
    if (document === undefined) return;
    this.#lists.set(key, document);
    if (more === true) return;
    if (aboutBuilds.test(operation)) this.#builds.set(region, document);
    if (aboutPipelines.test(operation)) this.#pipelines.set(region, document);
  }

  #region(region: string): SeenRegion {
    const before = this.#before.regions[region];
    const [builds, pipelines] = [this.#builds.get(region), this.#pipelines.get(region)];
    const running = runningIn(builds);
    const asked = this.#simulator.requests.filter(
      (request) => request.operation === 'CancelImageCreation' && request.status === 200,
    );
    const accepted = new Set(asked.map(({input}) => input['imageBuildVersionArn']));
    const wasFinal = new Set(
      Object.entries(before?.builds ?? {}).flatMap(([arn, {status}]) => (isFinal(status) ? [arn] : [])),
    );
    const cancelled = Object.entries(builds?.builds ?? {}).filter(
      ([arn, {status}]) => status === 'CANCELLED' && !wasFinal.has(arn),
    ).length;
    const scheduled = scheduledIn(pipelines);
    const unknown = builds === undefined || pipelines === undefined;
    return {
      running: running.length,
      cancelling: running.filter((arn) => accepted.has(arn)).length,
      cancelled,
      scheduled,
      removed: pipelines === undefined ? 0 : scheduledIn(before) - scheduled,
      truth: running.length + scheduled > 0 ? 'in use' : unknown ? 'unknown' : 'clear',
    };
  }
}

function isFinal(status: string): boolean {
  return ['AVAILABLE', 'CANCELLED', 'FAILED', 'DEPRECATED', 'DELETED', 'DISABLED'].includes(status);
}

function runningIn(region: RegionDocument | undefined): readonly string[] {
  return Object.entries(region?.builds ?? {}).flatMap(([arn, {status}]) => (isFinal(status) ? [] : [arn]));
}

function scheduledIn(region: RegionDocument | undefined): number {
  return Object.values(region?.pipelines ?? {}).filter(
    ({members}) => members.schedule?.scheduleExpression !== undefined,
  ).length;
}

function hasFailed({deletionTasks}: Document): boolean {
  return deletionTasks.at(-1)?.status === 'FAILED';
}
