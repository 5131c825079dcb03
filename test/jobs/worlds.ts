import type {Json, JsonObject} from '../../source/data/json.ts';

/** Answers of operations, by `service:Operation`. */
type Answers = Readonly<Record<string, (input: JsonObject, region: string) => Json>>;

/** A part of an account that a job works on. */
export interface World {
  readonly answers: Answers;
  /** What the job is to change. */
  state(): Json;
}

interface Job {
  readonly begin: () => World;
  readonly inputs?: JsonObject;
  /** The state once the job is done. */
  readonly done: Json;
  /** What is left once its run is undone: the state at its beginning when left out; `never` where it is final. */
  readonly undone?: Json;
  /** Number of changes that are sent. */
  readonly changes: number;
}

/** The members of a map, as an object. */
function all(map: ReadonlyMap<string, Json>): Json {
  return Object.fromEntries(map);
}

/** The one entry of a list in a request. */
function only(list: Json | undefined): string {
  return Array.isArray(list) ? String(list[0]) : '';
}

/** A number of reads that a change takes to be made. */
class Later {
  readonly #left = new Map<string, {reads: number; make: () => void}>();

  after(name: string, reads: number, make: () => void): void {
    this.#left.set(name, {reads, make});
  }

  /** Counts a read. Returns true while the change is not made. */
  read(name: string): boolean {
    const change = this.#left.get(name);
    if (change === undefined) return false;
    change.reads -= 1;
    if (change.reads > 0) return true;
    this.#left.delete(name);
    change.make();
    return false;
  }
}

const old = '2025-01-01T00:00:00Z';
const recent = '2026-11-20T00:00:00Z';

function accessKeys(): World {
  const keys = new Map<string, {user: string; created: string; status: string}>([
    ['AKIA1', {user: 'kim', created: old, status: 'Active'}],
    ['AKIA2', {user: 'kim', created: recent, status: 'Active'}],
    ['AKIA3', {user: 'lee', created: old, status: 'Inactive'}],
    ['AKIA4', {user: 'lee', created: old, status: 'Active'}],
  ]);
  return {
    state: () => Object.fromEntries([...keys].map(([key, {status}]) => [key, status])),
    answers: {
      'iam:ListUsers': () => ({
        Users: ['kim', 'lee'].map((UserName) => ({
          UserName,
          Path: '/',
          UserId: 'A',
          Arn: `arn:aws:iam::123456789012:user/${UserName}`,
          CreateDate: old,
        })),
      }),
      'iam:ListAccessKeys': ({UserName}) => ({
        AccessKeyMetadata: [...keys]
          .filter(([, {user}]) => user === UserName)
          .map(([AccessKeyId, {user, created, status}]) => ({
            AccessKeyId,
            UserName: user,
            CreateDate: created,
            Status: status,
          })),
      }),
      'iam:UpdateAccessKey': ({AccessKeyId, Status}) => {
        const key = keys.get(String(AccessKeyId));
        if (key !== undefined) key.status = String(Status);
        return {};
      },
    },
  };
}

function instances(): World {
  const home: Readonly<Record<string, string>> = {'i-1': 'eu-west-1', 'i-2': 'eu-west-1', 'i-3': 'us-east-1'};
  const states = new Map<string, string>(Object.keys(home).map((id) => [id, 'running']));
  const later = new Later();
  return {
    state: () => all(states),
    answers: {
      'ec2:DescribeInstances': ({InstanceIds}, region) => {
        const wanted = InstanceIds === undefined ? undefined : only(InstanceIds);
        if (wanted !== undefined) later.read(wanted);
        const found = [...states].filter(([id, state]) =>
          wanted === undefined ? home[id] === region && state === 'running' : id === wanted,
        );
        return {
          Reservations: found.map(([InstanceId, Name]) => ({
            Instances: [{InstanceId, InstanceType: 't3.micro', State: {Name}}],
          })),
        };
      },
      'ec2:StopInstances': ({InstanceIds}) => {
        const id = only(InstanceIds);
        states.set(id, 'stopping');
        later.after(id, 3, () => states.set(id, 'stopped'));
        return {StoppingInstances: []};
      },
      'ec2:StartInstances': ({InstanceIds}) => {
        states.set(only(InstanceIds), 'running');
        return {StartingInstances: []};
      },
    },
  };
}

function services(): World {
  const desired = new Map<string, number>([
    ['web', 3],
    ['api', 2],
    ['idle', 0],
  ]);
  const running = new Map(desired);
  const later = new Later();
  return {
    state: () => all(desired),
    answers: {
      'ecs:ListServices': () => ({serviceArns: [...desired.keys(), 'agent']}),
      'ecs:DescribeServices': ({services: names}) => {
        const name = only(names);
        later.read(name);
        return {
          services: [
            {
              serviceName: name,
              status: 'ACTIVE',
              schedulingStrategy: name === 'agent' ? 'DAEMON' : 'REPLICA',
              desiredCount: desired.get(name) ?? 7,
              runningCount: running.get(name) ?? 7,
            },
          ],
        };
      },
      'ecs:UpdateService': ({service, desiredCount}) => {
        const name = String(service);
        desired.set(name, Number(desiredCount));
        later.after(name, 3, () => running.set(name, Number(desiredCount)));
        return {};
      },
    },
  };
}

function databases(): World {
  const days = new Map<string, number>([
    ['orders', 7],
    ['users', 0],
    ['audit', 30],
  ]);
  const later = new Later();
  return {
    state: () => all(days),
    answers: {
      'rds:DescribeDBInstances': ({DBInstanceIdentifier: wanted}, region) => ({
        DBInstances: [...days.keys()]
          .filter((name) => (wanted === undefined ? region === 'eu-west-1' : name === wanted))
          .map((name) => {
            const modifying = wanted !== undefined && later.read(name);
            return {
              DBInstanceIdentifier: name,
              DBInstanceStatus: modifying ? 'modifying' : 'available',
              BackupRetentionPeriod: days.get(name) ?? 0,
            };
          }),
      }),
      'rds:ModifyDBInstance': ({DBInstanceIdentifier, BackupRetentionPeriod, ApplyImmediately}) => {
        const name = String(DBInstanceIdentifier);
        if (ApplyImmediately === true)
          later.after(name, 3, () => days.set(name, Number(BackupRetentionPeriod)));
        return {};
      },
    },
  };
}

function functions(): World {
  const runtimes = new Map<string, string | null>([
    ['nightly', 'nodejs20.x'],
    ['report', 'python3.13'],
    ['image', null],
  ]);
  const later = new Later();
  const shown = (name: string): JsonObject => {
    const updating = later.read(name);
    const runtime = runtimes.get(name) ?? null;
    return {
      FunctionName: name,
      ...(runtime === null ? {} : {Runtime: runtime}),
      LastUpdateStatus: updating ? 'InProgress' : 'Successful',
    };
  };
  return {
    state: () => all(runtimes),
    answers: {
      'lambda:ListFunctions': (_, region) => ({
        Functions: region === 'eu-west-1' ? [...runtimes.keys()].map(shown) : [],
      }),
      'lambda:GetFunctionConfiguration': ({FunctionName}) => shown(String(FunctionName)),
      'lambda:UpdateFunctionConfiguration': ({FunctionName, Runtime}) => {
        const name = String(FunctionName);
        runtimes.set(name, String(Runtime));
        later.after(name, 2, () => {});
        return {};
      },
    },
  };
}

function rules(): World {
  const states = new Map<string, string>([
    ['nightly', 'ENABLED'],
    ['weekly', 'DISABLED'],
  ]);
  const set =
    (state: string) =>
    ({Name}: JsonObject): Json => {
      states.set(String(Name), state);
      return {};
    };
  return {
    state: () => all(states),
    answers: {
      'eventbridge:ListRuleNamesByTarget': (_, region) => ({
        RuleNames: region === 'eu-west-1' ? [...states.keys()] : [],
      }),
      'eventbridge:DescribeRule': ({Name = ''}) => ({Name, State: states.get(String(Name)) ?? ''}),
      'eventbridge:DisableRule': set('DISABLED'),
      'eventbridge:EnableRule': set('ENABLED'),
    },
  };
}

function volumes(): World {
  const created = new Map<string, string>([
    ['vol-1', old],
    ['vol-2', recent],
  ]);
  const snapshots = new Map<string, string>();
  const later = new Later();
  return {
    state: () => ({volumes: [...created.keys()], snapshots: all(snapshots)}),
    answers: {
      'ec2:DescribeVolumes': (_, region) => ({
        Volumes:
          region === 'us-east-1'
            ? [...created].map(([VolumeId, CreateTime]) => ({VolumeId, CreateTime, Size: 8}))
            : [],
      }),
      'ec2:CreateSnapshot': ({VolumeId = ''}) => {
        const SnapshotId = `snap-of-${String(VolumeId)}`;
        snapshots.set(SnapshotId, 'pending');
        later.after(SnapshotId, 3, () => snapshots.set(SnapshotId, 'completed'));
        return {SnapshotId, VolumeId, State: 'pending'};
      },
      'ec2:DescribeSnapshots': ({SnapshotIds}) => {
        const SnapshotId = only(SnapshotIds);
        later.read(SnapshotId);
        return {Snapshots: [{SnapshotId, State: snapshots.get(SnapshotId) ?? ''}]};
      },
      'ec2:DeleteVolume': ({VolumeId}) => {
        if (snapshots.get(`snap-of-${String(VolumeId)}`) === 'completed') created.delete(String(VolumeId));
        return {};
      },
    },
  };
}

function sessions(): World {
  const policies = new Map<string, string>();
  return {
    state: () => all(policies),
    answers: {
      'iam:GetRole': ({RoleName = ''}) => ({
        Role: {
          RoleName,
          Path: '/',
          RoleId: 'A',
          Arn: `arn:aws:iam::123456789012:role/${String(RoleName)}`,
          CreateDate: old,
        },
      }),
      'iam:PutRolePolicy': ({PolicyName, PolicyDocument}) => {
        policies.set(
          String(PolicyName),
          JSON.stringify(JSON.parse(String(PolicyDocument)).Statement[0].Condition),
        );
        return {};
      },
      'iam:DeleteRolePolicy': ({PolicyName}) => {
        policies.delete(String(PolicyName));
        return {};
      },
    },
  };
}

function encryption(): World {
  const on = new Map<string, boolean>([
    ['eu-west-1', false],
    ['us-east-1', true],
  ]);
  const set =
    (to: boolean) =>
    (_: JsonObject, region: string): Json => {
      on.set(region, to);
      return {EbsEncryptionByDefault: to};
    };
  return {
    state: () => all(on),
    answers: {
      'ec2:GetEbsEncryptionByDefault': (_, region) => ({EbsEncryptionByDefault: on.get(region) ?? false}),
      'ec2:EnableEbsEncryptionByDefault': set(true),
      'ec2:DisableEbsEncryptionByDefault': set(false),
    },
  };
}

function ports(): World {
  const open = new Map<string, string>([
    ['sgr-1', '22-22'],
    ['sgr-2', '443-443'],
    ['sgr-3', '20-30'],
  ]);
  return {
    state: () => [...open.values()].sort(),
    answers: {
      'ec2:DescribeSecurityGroupRules': (_, region) => ({
        SecurityGroupRules:
          region === 'eu-west-1'
            ? [...open].map(([SecurityGroupRuleId, range]) => {
                const [FromPort = 0, ToPort = 0] = range.split('-').map(Number);
                const common = {SecurityGroupRuleId, GroupId: 'sg-1', IsEgress: false, IpProtocol: 'tcp'};
                return {...common, FromPort, ToPort, CidrIpv4: '0.0.0.0/0'};
              })
            : [],
      }),
      'ec2:RevokeSecurityGroupIngress': ({SecurityGroupRuleIds}) => {
        open.delete(only(SecurityGroupRuleIds));
        return {Return: true};
      },
      'ec2:AuthorizeSecurityGroupIngress': ({IpPermissions}) => {
        const [{FromPort, ToPort} = {}] = (Array.isArray(IpPermissions) ? IpPermissions : []) as JsonObject[];
        open.set(`sgr-${open.size + 10}`, `${String(FromPort)}-${String(ToPort)}`);
        return {Return: true};
      },
    },
  };
}

/** The ten jobs, by the name of their runbook. */
export const jobs: Readonly<Record<string, Job>> = {
  'close-open-ports': {begin: ports, done: ['443-443'], changes: 2},
  'deactivate-old-access-keys': {
    begin: accessKeys,
    done: {AKIA1: 'Inactive', AKIA2: 'Active', AKIA3: 'Inactive', AKIA4: 'Inactive'},
    changes: 2,
  },
  'delete-unattached-volumes': {
    begin: volumes,
    done: {volumes: ['vol-2'], snapshots: {'snap-of-vol-1': 'completed'}},
    undone: 'never',
    changes: 2,
  },
  'disable-rules-of-target': {begin: rules, done: {nightly: 'DISABLED', weekly: 'DISABLED'}, changes: 1},
  'encrypt-new-volumes': {begin: encryption, done: {'eu-west-1': true, 'us-east-1': true}, changes: 1},
  'keep-rds-backups': {begin: databases, done: {orders: 14, users: 14, audit: 30}, changes: 2},
  'revoke-role-sessions': {
    begin: sessions,
    done: {AWSRevokeOlderSessions: '{"DateLessThan":{"aws:TokenIssueTime":"2026-11-27T08:00:00.000Z"}}'},
    changes: 1,
  },
  'scale-ecs-services': {
    begin: services,
    inputs: {cluster: 'staging'},
    done: {web: 0, api: 0, idle: 0},
    changes: 2,
  },
  'stop-tagged-instances': {
    begin: instances,
    done: {'i-1': 'stopped', 'i-2': 'stopped', 'i-3': 'stopped'},
    changes: 3,
  },
  'update-lambda-runtime': {
    begin: functions,
    done: {nightly: 'nodejs22.x', report: 'python3.13', image: null},
    changes: 1,
  },
};
