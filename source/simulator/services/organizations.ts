import {z} from 'zod';
import {accountsOf, parentOf, rootId, unitsOf, type Listed} from '../organization/tree.ts';
import {pageOf} from '../pages.ts';
import {targetJson} from '../protocols/target-json.ts';
import {ServiceError} from '../service-error.ts';
import type {OrganizationState} from '../state/account-state.ts';
import {validate} from '../validate.ts';
import type {Call, Operation, Service} from './service.ts';

const paging = {
  MaxResults: z.int().min(1).max(20).default(20),
  NextToken: z.string().max(100_000).optional(),
};
const accountId = z.string().regex(/^\d{12}$/);
const parentId = z.string().regex(/^(r-[0-9a-z]{4,32})$|^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);

const listAccounts: Operation = (call) => {
  const organization = entered(call);
  const asked = validate(z.object(paging), call.input, invalid);
  const accounts = accountsOf(call.account, organization).map((account) => described(organization, account));
  return paged(accounts, asked, {name: 'Accounts', subject: ['ListAccounts']});
};

const listAccountsForParent: Operation = (call) => {
  const organization = entered(call);
  const asked = validate(z.object({...paging, ParentId: parentId}), call.input, invalid);
  refuseUnknownParent(organization, asked.ParentId);
  const accounts = accountsOf(call.account, organization)
    .filter((account) => parentOf(account) === asked.ParentId)
    .map((account) => described(organization, account));
  return paged(accounts, asked, {name: 'Accounts', subject: ['ListAccountsForParent', asked.ParentId]});
};

const listRoots: Operation = (call) => {
  const {id, managementId} = entered(call);
  const asked = validate(z.object(paging), call.input, invalid);
  const root = {
    Id: rootId,
    Arn: `arn:aws:organizations::${managementId}:root/${id}/${rootId}`,
    Name: 'Root',
    PolicyTypes: [{Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED'}],
  };
  return paged([root], asked, {name: 'Roots', subject: ['ListRoots']});
};

const listUnits: Operation = (call) => {
  const organization = entered(call);
  const asked = validate(z.object({...paging, ParentId: parentId}), call.input, invalid);
  refuseUnknownParent(organization, asked.ParentId);
  const {id: ours, managementId} = organization;
  const units = unitsOf(organization)
    .filter(({parent}) => parent === asked.ParentId)
    .map(({id, name}) => ({
      Id: id,
      Arn: `arn:aws:organizations::${managementId}:ou/${ours}/${id}`,
      Name: name,
    }));
  return paged(units, asked, {name: 'OrganizationalUnits', subject: ['ListUnits', asked.ParentId]});
};

const listParents: Operation = (call) => {
  const organization = entered(call);
  const asked = validate(z.object({...paging, ChildId: z.string().min(1)}), call.input, invalid);
  const unit = unitsOf(organization).find(({id}) => id === asked.ChildId);
  const account = accountsOf(call.account, organization).find(({id}) => id === asked.ChildId);
  const parent = unit?.parent ?? (account === undefined ? undefined : parentOf(account));
  if (parent === undefined) throw notFound('ChildNotFoundException', 'child', asked.ChildId);
  const found = {Id: parent, Type: parent === rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT'};
  return paged([found], asked, {name: 'Parents', subject: ['ListParents', asked.ChildId]});
};

const listTags: Operation = (call) => {
  const organization = entered(call);
  const wanted = z.object({NextToken: paging.NextToken, ResourceId: z.string().min(1)});
  const asked = validate(wanted, call.input, invalid);
  const account = accountsOf(call.account, organization).find(({id}) => id === asked.ResourceId);
  const known = account !== undefined || isParent(organization, asked.ResourceId);
  if (!known) throw notFound('TargetNotFoundException', 'target', asked.ResourceId);
  const tags = Object.entries(account?.tags ?? {}).map(([Key, Value]) => ({Id: Key, Key, Value}));
  const page = paged(
    tags,
    {...asked, MaxResults: 50},
    {name: 'Tags', subject: ['ListTags', asked.ResourceId]},
  );
  return {...page, Tags: page['Tags']?.map(({Id: _Id, ...tag}) => tag)};
};

const describeOrganization: Operation = (call) => {
  const {id, managementId} = organizationOf(call);
  return {
    Organization: {
      Id: id,
      Arn: `arn:aws:organizations::${managementId}:organization/${id}`,
      FeatureSet: 'ALL',
      MasterAccountId: managementId,
      MasterAccountArn: `arn:aws:organizations::${managementId}:account/${id}/${managementId}`,
      MasterAccountEmail: `root+${managementId}@example.com`,
      AvailablePolicyTypes: [],
    },
  };
};

const describeAccount: Operation = (call) => {
  const organization = entered(call);
  const {AccountId} = validate(z.object({AccountId: accountId}), call.input, invalid);
  const account = accountsOf(call.account, organization).find(({id}) => id === AccountId);
  if (account === undefined) throw notFound('AccountNotFoundException', 'account', AccountId);
  return {Account: described(organization, account)};
};

const invalid = 'InvalidInputException';

function organizationOf({account}: Call): OrganizationState {
  if (account.organization !== undefined) return account.organization;
  throw new ServiceError(
    'AWSOrganizationsNotInUseException',
    400,
    'Your account is not a member of an organization.',
  );
}

/** The organization, for the management account alone: another account may only ask which one it is in. */
function entered(call: Call): OrganizationState {
  const organization = organizationOf(call);
  if (call.account.scenario.account.id === organization.managementId) return organization;
  throw new ServiceError('AccessDeniedException', 400, "You don't have permissions to access this resource.");
}

function described({id: ours, managementId}: OrganizationState, {id, name, state}: Listed) {
  return {
    Id: id,
    Arn: `arn:aws:organizations::${managementId}:account/${ours}/${id}`,
    Email: `root+${id}@example.com`,
    Name: name,
    Status: oldStatus[state] ?? state,
    State: state,
    JoinedMethod: id === managementId ? 'INVITED' : 'CREATED',
    JoinedTimestamp: 1_600_000_000,
  };
}

/** The states that the older member does not know, and what it says instead. */
const oldStatus: {readonly [state: string]: string} = {CLOSED: 'SUSPENDED', PENDING_ACTIVATION: 'ACTIVE'};

function isParent(organization: OrganizationState, id: string): boolean {
  return id === rootId || unitsOf(organization).some((unit) => unit.id === id);
}

function refuseUnknownParent(organization: OrganizationState, id: string): void {
  if (!isParent(organization, id)) throw notFound('ParentNotFoundException', 'parent', id);
}

function notFound(code: string, what: string, id: string): ServiceError {
  return new ServiceError(code, 400, `You specified a ${what} that doesn't exist: ${id}`);
}

function paged<Item extends {readonly Id: string}>(
  items: readonly Item[],
  {MaxResults, NextToken}: {readonly MaxResults: number; readonly NextToken?: string | undefined},
  {name, subject}: {readonly name: string; readonly subject: unknown},
): {readonly [name: string]: readonly Item[] | undefined} & {readonly NextToken?: never} {
  const page = pageOf(items, {
    subject,
    key: ({Id}) => Id,
    size: MaxResults,
    token: NextToken,
    invalidToken: () => new ServiceError(invalid, 400, 'INVALID_PAGINATION_TOKEN'),
  });
  return {[name]: page.items, ...(page.nextToken === undefined ? {} : {NextToken: page.nextToken})} as never;
}

export const organizations: Service = {
  protocol: targetJson,
  operations: {
    DescribeAccount: describeAccount,
    DescribeOrganization: describeOrganization,
    ListAccounts: listAccounts,
    ListAccountsForParent: listAccountsForParent,
    ListOrganizationalUnitsForParent: listUnits,
    ListParents: listParents,
    ListRoots: listRoots,
    ListTagsForResource: listTags,
  },
  errors: {
    throttle: ['TooManyRequestsException', 400],
    serviceUnavailable: ['ServiceException', 500],
    internalError: ['ServiceException', 500],
    accessDenied: 'AccessDeniedException',
    expiredToken: 'ExpiredTokenException',
    unrecognizedClient: 'UnrecognizedClientException',
    clockSkew: 'InvalidSignatureException',
  },
  regional: false,
};
