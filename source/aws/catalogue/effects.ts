import type {OperationModel} from '../../runbook/operation.ts';

/** Effect of an operation; `assumed` where neither its model nor its name says it. */
export type Effect = Pick<OperationModel, 'effect' | 'assumed'>;

const read: Effect = {effect: 'read'};
const change: Effect = {effect: 'change'};
/** It counts as a change: wrong in that direction asks once too often. */
const unknown: Effect = {effect: 'change', assumed: true};

/** Verbs of operations that only look. */
const readVerbs = verbs(
  'BatchDescribe BatchGet Describe Filter Get Head List Lookup Query Scan Search Select Simulate Validate',
);

/** Verbs of operations that change something. */
const changeVerbs = verbs(
  'Abort Accept Acquire Activate Add Advertise Allocate Apply Assign Associate Attach Authorize Backtrack BatchDelete',
  'BatchPut Bundle Cancel Change CheckIn Checkout Complete Configure Confirm Continue Copy Create Deactivate',
  'Deauthorize Decrease Delete Deprovision Deregister Detach Disable Disassociate Enable Enter Exit Extend Failover',
  'Import Increase Initiate Launch Lock Merge Modify Monitor Move Promote Provision Publish Purchase Put Reboot',
  'Register Reject Release Remove Rename Replace Request Reset Restart Restore Resume Revoke Rollback Rotate Run',
  'Schedule Send Set Split Start Stop Submit Subscribe Suspend Switchover Tag Terminate Unassign Unlock Unmonitor',
  'Unsubscribe Untag Update Upload Withdraw Write',
);

/** Operations that do otherwise than their verb says. Source: their pages in the services' API references. */
const reviewed: ReadonlyMap<string, Effect> = new Map([
  ...named(read, 'accessanalyzer', 'CheckAccessNotGranted CheckNoNewAccess CheckNoPublicAccess'),
  ...named(read, 'cloudwatch-logs', 'StartLiveTail TestMetricFilter TestTransformer'),
  ...named(read, 'ec2', 'ExportClientVpnClientCertificateRevocationList ExportClientVpnClientConfiguration'),
  ...named(read, 'ec2', 'ExportVerifiedAccessInstanceClientConfiguration'),
  ...named(read, 'ecr', 'BatchCheckLayerAvailability'),
  ...named(read, 'ecs', 'DiscoverPollEndpoint'),
  ...named(read, 'elastic-beanstalk', 'CheckDNSAvailability'),
  ...named(read, 'eventbridge', 'TestEventPattern'),
  ...named(read, 'kinesis', 'SubscribeToShard'),
  ...named(read, 'rds', 'DownloadDBLogFilePortion'),
  ...named(read, 'route-53', 'TestDNSAnswer'),
  ...named(read, 'route-53-domains', 'CheckDomainAvailability CheckDomainTransferability'),
  ...named(read, 's3', 'CreateSession'),
  ...named(read, 'servicediscovery', 'DiscoverInstances DiscoverInstancesRevision'),
  ...named(read, 'sts', 'DecodeAuthorizationMessage'),
  ...named(read, 'wafv2', 'CheckCapacity'),
  ...named(change, 'auto-scaling', 'ExecutePolicy RecordLifecycleActionHeartbeat'),
  ...named(change, 'ec2', 'BatchModifyIpamRoutingPolicyRegistrations ReportInstanceStatus'),
  // They write to a bucket.
  ...named(change, 'ec2', 'ExportImage ExportTransitGatewayRoutes'),
  ...named(change, 'ecs', 'ExecuteCommand'),
  // They hand out a task, an identity or a user, and make it where there is none.
  ...named(change, 'cognito-identity', 'GetId GetOpenIdTokenForDeveloperIdentity'),
  ...named(change, 'redshift', 'GetClusterCredentials'),
  ...named(change, 'sfn', 'GetActivityTask'),
]);

/**
 * Returns the effect of an operation. The reviewed exceptions go first, then the HTTP method of the SDK's model, then
 * the verb. A method of undefined means that the protocol sends everything by POST.
 */
export function effectOf(service: string, operation: string, method: string | undefined): Effect {
  const known = reviewed.get(`${service}:${operation}`);
  if (known !== undefined) return known;
  const changes = changeVerbs.test(operation);
  if (method === 'GET' || method === 'HEAD') return changes ? change : read;
  const looks = readVerbs.test(operation);
  // No PUT, DELETE or PATCH only looks, and a verb that says so contradicts it.
  if (method !== undefined && method !== 'POST') return looks ? unknown : change;
  if (looks) return read;
  return changes ? change : unknown;
}

/** Verbs of changes whose effect is the same however often they are sent. */
const idempotentVerbs = verbs('Attach Cancel Delete Detach Disable Enable Put Set Stop Tag Untag Update');

/** Operations with such a verb that add something each time: events, records, measurements, lines, counts. */
const addsEachTime =
  /^(Put(AuditEvents|Events|LogEvents|MetricData|PartnerEvents|Record|RecordBatch|Records|TelemetryRecords|TraceSegments)|UpdateItem)$/;

/** Returns true if a change may be sent twice. `modelled`: the SDK's model calls the operation idempotent. */
export function isIdempotent(operation: string, modelled: boolean): boolean {
  return modelled || (idempotentVerbs.test(operation) && !addsEachTime.test(operation));
}

/** Matches an operation whose first word, or words, are one of these: `CheckoutLicense` has no `Check`. */
function verbs(...lines: readonly string[]): RegExp {
  return new RegExp(`^(${lines.join(' ').replaceAll(' ', '|')})(?![a-z])`);
}

function named(effect: Effect, service: string, operations: string): readonly (readonly [string, Effect])[] {
  return operations.split(' ').map((operation) => [`${service}:${operation}`, effect]);
}
