import {z} from 'zod';
import {faultRule} from '../faults.ts';
import {accountId} from './account-id.ts';
import {organizationSchema} from './organization-schema.ts';

const region = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-[0-9]+$/, 'must be a Region name such as eu-west-1');
const count = z.int().nonnegative().max(5000);
const name = z.string().regex(/^[a-z0-9-_]+$/, 'may hold only a-z, 0-9, - and _');
const members = z.record(z.string(), z.unknown());

const buildOrder = z.strictObject({
  region,
  name,
  version: z
    .string()
    .regex(/^[0-9]+\.[0-9]+\.[0-9]+$/)
    .optional(),
  type: z.enum(['AMI', 'DOCKER']).optional(),
  platform: z.enum(['Linux', 'Windows']).optional(),
  buildType: z.enum(['USER_INITIATED', 'SCHEDULED', 'IMPORT', 'IMPORT_ISO']).optional(),
  /** The name of the pipeline that started it; left out for a build without a pipeline. */
  pipeline: name.optional(),
  /** The workflow step at which the build waits for a person. */
  waitsAt: z.string().min(1).optional(),
  /** The Region that a RoleUsageList names for this build, where it differs from the ARN's. */
  reportedRegion: region.optional(),
  /** Simulated seconds from its cancellation to CANCELLED, where it is not `builds.cancelSeconds`. */
  cancelSeconds: z.number().nonnegative().optional(),
  /** The account that owns it, where that is another one: shared images are listed with one's own. */
  owner: accountId.optional(),
});

/** Something that happens once, just before the nth request of an operation is handled (default: the first). */
const surprise = z
  .strictObject({
    upon: z
      .string()
      .regex(
        /^(imagebuilder|iam|sts|account|ssm|events|organizations):[A-Za-z]+$/,
        'must be like iam:DeleteServiceLinkedRole',
      ),
    nth: z.int().positive().default(1),
    startBuild: buildOrder.optional(),
    /** The running builds of a name end by themselves. */
    endBuild: z.strictObject({region, name}).optional(),
    deletePipeline: z.strictObject({region, name}).optional(),
    /**
     * Another client writes these members of a pipeline and removes those that are null. The other members
     * stay.
     */
    changePipeline: z.strictObject({region, name, with: members}).optional(),
    recreateRole: z.literal(true).optional(),
    /** Another client deletes the role. */
    deleteRole: z.literal(true).optional(),
    /** Somebody suspends an account of the organization: its sessions end, and nobody can enter it. */
    suspendAccount: accountId.optional(),
  })
  .refine(
    (entry) =>
      [
        entry.startBuild,
        entry.endBuild,
        entry.deletePipeline,
        entry.changePipeline,
        entry.recreateRole,
        entry.deleteRole,
        entry.suspendAccount,
      ].filter((part) => part !== undefined).length === 1,
    'exactly one of startBuild, endBuild, deletePipeline, changePipeline, recreateRole, deleteRole and suspendAccount must be given',
  );

/** A whole scenario, after `extends` was resolved. Durations are simulated seconds. */
export const scenarioSchema = z.strictObject({
  title: z.string().min(1),
  account: z.strictObject({
    id: accountId,
    alias: z.string().regex(/^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/),
    caller: z.string().startsWith('arn:aws'),
    /** Actions that SimulatePrincipalPolicy denies, such as iam:DeleteServiceLinkedRole. */
    deniedActions: z.array(z.string()).default([]),
    /** Roles that AssumeRole issues keys for, with the conditions of each. */
    assumableRoles: z
      .array(
        z.strictObject({
          arn: z.string().regex(/^arn:aws[^:]*:iam::[0-9]{12}:role\/.+$/),
          externalId: z.string().optional(),
          mfa: z.strictObject({serial: z.string().min(9), code: z.string().regex(/^[0-9]{6}$/)}).optional(),
        }),
      )
      .default([]),
  }),
  role: z.strictObject({
    present: z.boolean(),
    description: z.string().max(1000),
    trusts: z.array(z.string()).min(1),
    lastUsed: z.strictObject({hoursAgo: z.number().nonnegative(), region}).optional(),
  }),
  builds: z.strictObject({
    lastSeconds: z.number().positive(),
    cancelSeconds: z.number().nonnegative(),
    /** A build that has just started refuses to be cancelled for this long, or this often, in these words. */
    cancelRefusal: z
      .strictObject({
        seconds: z.number().nonnegative().default(0),
        times: count.default(0),
        error: z.enum(['ResourceInUseException', 'InvalidRequestException', 'ResourceNotFoundException']),
      })
      .optional(),
    /** AWS's model lets a list of builds leave the image version out; whether AWS does is not verified. */
    listedByVersionOnly: z.boolean().default(false),
  }),
  deletion: z.strictObject({
    taskSeconds: z.number().nonnegative(),
    /** Forget a task as soon as it succeeded: its status is then NoSuchEntity. */
    purgeOnSuccess: z.boolean().default(false),
    /**
     * Report of a failed task: every user of the role, only the first Region's, a reason without a list, or
     * nothing.
     */
    report: z.enum(['all', 'first', 'reason', 'nothing']).default('all'),
    /** Number of tasks that fail although nothing uses the role, as they do while it has active sessions. */
    activeSessionFailures: count.default(0),
  }),
  /** The Regions of the account. */
  regionNames: z.array(region).min(1),
  /** Contents of each Region, unless `regions` overrides them. */
  everyRegion: z.strictObject({manual: count, finished: count}),
  regions: z
    .record(
      region,
      z.strictObject({
        manual: count.optional(),
        finished: count.optional(),
        status: z.enum(['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING', 'DISABLING', 'DISABLED']).optional(),
      }),
    )
    .default({}),
  /** Named sets of pipeline members. */
  templates: z.record(z.string(), members).default({}),
  /** Pipelines beside the counted ones. `like` names templates, later ones win; `with` comes last. */
  pipelines: z
    .array(
      z.strictObject({
        region,
        name,
        platform: z.enum(['Linux', 'Windows']).default('Linux'),
        tags: z.record(z.string(), z.string()).default({}),
        /** Names of the EventBridge rules that start it. */
        rules: z
          .array(z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/, 'must be the name of an EventBridge rule'))
          .default([]),
        like: z.array(z.string()).default([]),
        with: members.default({}),
        /** Members that answers carry although no SDK models them yet. */
        notYetModelled: members.default({}),
      }),
    )
    .default([]),
  running: z.array(buildOrder.extend({startedMinutesAgo: z.number().nonnegative()})).default([]),
  organization: organizationSchema.optional(),
  /** Change calendars of Systems Manager. */
  calendars: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9_.-]{3,128}$/),
        /** The account that shares it, where that is another one: it is named by its ARN. */
        account: accountId.optional(),
        /** Its only Region; every one when left out. */
        region: region.optional(),
        state: z.enum(['OPEN', 'CLOSED']),
        /** Simulated seconds from the start at which it opens or closes, in turn. */
        turnsAfter: z.array(z.number().nonnegative()).default([]),
      }),
    )
    .default([]),
  surprises: z.array(surprise).default([]),
  faults: z.array(faultRule).default([]),
  /** A token bucket for each operation in each Region: more calls are throttled. */
  allowed: z.strictObject({perSecond: z.number().positive(), burst: z.number().min(1)}).optional(),
  /** Real milliseconds that every answer is held back. */
  latencyMs: z.number().nonnegative().default(0),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type Surprise = Scenario['surprises'][number];
