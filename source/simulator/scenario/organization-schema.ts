import {z} from 'zod';
import {accountId} from './account-id.ts';

const roleName = z.string().regex(/^[\w+=,.@/-]{1,512}$/, 'must be the name of a role');

/** One account of an organization, or `count` of them whose ids follow on one another. */
const accounts = z.strictObject({
  id: accountId,
  count: z.int().positive().max(5000).default(1),
  /** `{n}` is the account's number in its group, from 1. */
  name: z.string().min(1).max(50),
  /** Path below the root, such as Workloads/Prod; the root itself when left out. */
  ou: z
    .string()
    .regex(/^[^/]+(\/[^/]+)*$/, 'must be like Workloads/Prod')
    .optional(),
  tags: z.record(z.string(), z.string()).default({}),
  state: z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']).default('ACTIVE'),
  /** The role that other accounts can take on there, without a path's slash; the organization's when left out. */
  role: roleName.optional(),
  /** The account has no role that anybody could take on. */
  noRole: z.literal(true).optional(),
  externalId: z.string().min(2).optional(),
  /** Real seconds that a session's keys say to last. */
  sessionSeconds: z.number().positive().max(43_200).default(3600),
  /** Simulated seconds after which the account refuses a session's keys, whatever they say. */
  sessionsEndAfter: z.number().positive().optional(),
  /** What differs from this scenario in the account: its role, Regions, pipelines, builds, surprises and faults. */
  world: z.record(z.string(), z.unknown()).default({}),
});

/** An organization whose management account is the scenario's own. */
export const organizationSchema = z.strictObject({
  id: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/)
    .default('o-exampleorg1'),
  /** The role of each account that names none. */
  role: roleName.default('OrganizationAccountAccessRole'),
  /** A token bucket for AssumeRole: more calls are throttled. */
  assumeRole: z.strictObject({perSecond: z.number().positive(), burst: z.number().min(1)}).optional(),
  accounts: z.array(accounts).min(1),
});
