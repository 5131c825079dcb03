import {containerToken, taskPath} from './machine-answers.ts';
import {pair, prints, takes, type Row} from './row.ts';

/** A request on the way to the keys: who signs it, to whom. */
interface Hop {
  /** Empty for a request that is not signed. */
  readonly key: string;
  readonly service: 'sts' | 'sso';
}

/** Where keys come from. */
export interface Source extends Pick<Row, 'profile' | 'role' | 'profileForCli'> {
  readonly what: string;
  readonly env?: Row['env'];
  /** The files, with some settings in the profile in use. */
  readonly config: (settings: string) => string;
  readonly credentials?: (settings: string) => string;
  readonly hops: readonly Hop[];
  /** The key that signs in the end. */
  readonly key: string;
}

const keysInEnvironment = {AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's'};
const ofInstance = {AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: '{imds2}'};
const ofContainer = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: '{container}/keys',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken,
};
const ssoRole = 'sso_account_id = 123456789012\nsso_role_name = r\n';
const sso = 'sso_region = eu-central-1\nsso_start_url = https://x.awsapps.com/start\n';
const base = `[profile base]\n${pair('BASE')}`;
const ops = {arn: 'arn:aws:iam::123456789012:role/ops'};
const byBase: Hop = {key: 'AKIABASE', service: 'sts'};

const inDefault = (settings: string): string => `[default]\n${settings}`;
const inP = (settings: string): string => `[profile p]\n${settings}`;
const p =
  (lines: string, more = '') =>
  (settings: string): string =>
    `[profile p]\n${lines}${settings}${more}`;

export const sources: readonly Source[] = [
  {
    what: 'keys in the environment',
    env: keysInEnvironment,
    config: inDefault,
    hops: [],
    key: 'AKIAENV',
  },
  {
    what: 'keys in the environment, with a token',
    env: {...keysInEnvironment, AWS_ACCESS_KEY_ID: 'ASIAENV', AWS_SESSION_TOKEN: 'token-of-ASIAENV'},
    config: inDefault,
    hops: [],
    key: 'ASIAENV',
  },
  {
    what: 'keys in the environment, and AWS_PROFILE',
    env: {...keysInEnvironment, AWS_PROFILE: 'p'},
    config: p(pair('P')),
    hops: [],
    key: 'AKIAENV',
  },
  {
    what: '--profile, and keys in the environment',
    env: keysInEnvironment,
    profile: 'p',
    config: p(pair('P')),
    hops: [],
    key: 'AKIAP',
  },
  {what: 'AWS_PROFILE with keys', env: {AWS_PROFILE: 'p'}, config: p(pair('P')), hops: [], key: 'AKIAP'},
  {what: '--profile with keys', profile: 'p', config: p(pair('P')), hops: [], key: 'AKIAP'},
  {
    what: '[default] with keys',
    config: (settings) => `[default]\n${pair('DEFAULT')}${settings}`,
    hops: [],
    key: 'AKIADEFAULT',
  },
  {
    what: 'a profile of the credentials file alone',
    profile: 'p',
    config: () => '',
    credentials: (settings) => `[p]\n${pair('P')}${settings}`,
    hops: [],
    key: 'AKIAP',
  },
  {
    what: 'credential_process',
    profile: 'p',
    config: p(prints('AKIAPROCESS')),
    hops: [],
    key: 'AKIAPROCESS',
  },
  {
    what: 'SSO with an sso-session',
    profile: 'p',
    config: p(`sso_session = corp\n${ssoRole}`, `[sso-session corp]\n${sso}`),
    hops: [{key: '', service: 'sso'}],
    key: 'ASIAPORTAL',
  },
  {
    what: 'SSO as before sessions had a section',
    profile: 'p',
    config: p(`${sso}${ssoRole}`),
    hops: [{key: '', service: 'sso'}],
    key: 'ASIAPORTAL',
  },
  {
    what: 'aws login',
    profile: 'p',
    config: p('login_session = arn:aws:iam::123456789012:user/kim\n'),
    hops: [],
    key: 'ASIALOGIN',
  },
  {
    what: 'a role, by source_profile',
    profile: 'p',
    config: p(takes('ops', 'source_profile = base'), base),
    hops: [byBase],
    key: 'ASIAOPS',
  },
  {
    what: 'a role by AWS_PROFILE, on an SSO profile',
    env: {AWS_PROFILE: 'p'},
    config: p(
      takes('ops', 'source_profile = s'),
      `[profile s]\nsso_session = corp\n${ssoRole}[sso-session corp]\n${sso}`,
    ),
    hops: [
      {key: '', service: 'sso'},
      {key: 'ASIAPORTAL', service: 'sts'},
    ],
    key: 'ASIAOPS',
  },
  {
    what: 'a role on a role',
    profile: 'p',
    config: p(
      takes('ops', 'source_profile = via'),
      `[profile via]\n${takes('via', 'source_profile = base')}${base}`,
    ),
    hops: [byBase, {key: 'ASIAVIA', service: 'sts'}],
    key: 'ASIAOPS',
  },
  {
    what: 'a role, credential_source = Environment',
    profile: 'p',
    env: keysInEnvironment,
    config: p(takes('ops', 'credential_source = Environment')),
    hops: [{key: 'AKIAENV', service: 'sts'}],
    key: 'ASIAOPS',
  },
  {
    what: 'a role, credential_source = Ec2InstanceMetadata',
    profile: 'p',
    env: ofInstance,
    config: p(takes('ops', 'credential_source = Ec2InstanceMetadata')),
    hops: [{key: 'ASIAMACHINE', service: 'sts'}],
    key: 'ASIAOPS',
  },
  {
    what: 'a role, credential_source = EcsContainer',
    profile: 'p',
    env: ofContainer,
    config: p(takes('ops', 'credential_source = EcsContainer')),
    hops: [{key: 'ASIACONTAINER', service: 'sts'}],
    key: 'ASIAOPS',
  },
  {
    what: '--role-arn, and --profile with keys',
    profile: 'base',
    role: ops,
    profileForCli: 'p',
    config: (settings) =>
      `${base}${settings}[profile p]\n${takes('ops', 'source_profile = base')}${settings}`,
    hops: [byBase],
    key: 'ASIAOPS',
  },
  {
    what: '--role-arn, and keys in the environment',
    env: keysInEnvironment,
    role: ops,
    profileForCli: 'p',
    config: (settings) =>
      `[default]\n${settings}[profile p]\n${takes('ops', 'credential_source = Environment')}${settings}`,
    hops: [{key: 'AKIAENV', service: 'sts'}],
    key: 'ASIAOPS',
  },
  {
    what: 'web identity by the environment',
    env: {
      AWS_WEB_IDENTITY_TOKEN_FILE: '{home}/token',
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pod',
    },
    config: inDefault,
    hops: [{key: '', service: 'sts'}],
    key: 'ASIAPOD',
  },
  {
    what: 'web identity by a profile',
    profile: 'p',
    config: p(takes('pod', 'web_identity_token_file = {home}/token')),
    hops: [{key: '', service: 'sts'}],
    key: 'ASIAPOD',
  },
  {
    what: 'a container, its token in the environment',
    env: ofContainer,
    config: inDefault,
    hops: [],
    key: 'ASIACONTAINER',
  },
  {
    what: 'a container, its token in a file',
    env: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: '{container}/keys',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '{home}/container-token',
    },
    config: inDefault,
    hops: [],
    key: 'ASIACONTAINER',
  },
  {
    what: 'a task of ECS (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, at 169.254.170.2)',
    env: {AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: taskPath},
    config: inDefault,
    hops: [],
    key: 'ASIATASK',
  },
  {
    what: 'an EC2 instance (IMDSv2)',
    env: ofInstance,
    config: inDefault,
    hops: [],
    key: 'ASIAMACHINE',
  },
  {
    what: 'an EC2 instance, by a profile without keys',
    env: {...ofInstance, AWS_PROFILE: 'p'},
    config: inP,
    hops: [],
    key: 'ASIAMACHINE',
  },
  {
    what: 'an EC2 instance that grants no tokens (IMDSv1)',
    env: {...ofInstance, AWS_EC2_METADATA_SERVICE_ENDPOINT: '{imds1}'},
    config: inDefault,
    hops: [],
    key: 'ASIAMACHINE',
  },
];
