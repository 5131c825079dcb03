import {oddRows, type Oddity} from './odd-rows.ts';
import {pair, prints, takes} from './row.ts';

const inEnvironment = {AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's'};
const identity = {
  AWS_WEB_IDENTITY_TOKEN_FILE: '{home}/token',
  AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pod',
};
const ofContainer = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: '{container}/keys',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'let-me-in',
};
const noRegion = {AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined};
const sso = 'sso_account_id = 123456789012\nsso_role_name = r\n';
const roleOps = takes('ops', 'source_profile = base');

/** Shapes of files and settings: which of several entries counts, and how a name is read. */
const list: readonly Oddity[] = [
  // Which one counts.
  {
    what: 'half a pair of keys in the environment: the secret alone',
    credentials: `[p]\n${pair('ONE')}`,
    env: {AWS_PROFILE: 'p', AWS_SECRET_ACCESS_KEY: 's'},
    keys: ['AKIAONE'],
  },
  {
    what: 'an empty AWS_ACCESS_KEY_ID',
    credentials: `[default]\n${pair('ONE')}`,
    env: {AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: ''},
    keys: ['AKIAONE'],
  },
  {
    what: 'AWS_DEFAULT_PROFILE',
    credentials: `[p]\n${pair('ONE')}`,
    env: {AWS_DEFAULT_PROFILE: 'p'},
    keys: ['AKIAONE'],
  },
  {
    what: 'AWS_PROFILE and another AWS_DEFAULT_PROFILE',
    credentials: `[p]\n${pair('ONE')}[q]\n${pair('TWO')}`,
    env: {AWS_PROFILE: 'p', AWS_DEFAULT_PROFILE: 'q'},
    keys: ['AKIAONE'],
  },
  {
    what: 'the credentials file before the config file',
    config: `[profile p]\n${pair('CONFIG')}`,
    credentials: `[p]\n${pair('ONE')}`,
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'the credentials file before a process',
    config: `[profile p]\n${prints('AKIAPROCESS')}`,
    credentials: `[p]\n${pair('ONE')}`,
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'a process before keys of the config file',
    config: `[profile p]\n${prints('AKIAPROCESS')}${pair('CONFIG')}`,
    profile: 'p',
    keys: ['AKIAPROCESS'],
  },
  {
    what: 'a process of the credentials file',
    credentials: `[p]\n${prints('AKIAPROCESS')}`,
    profile: 'p',
    keys: ['AKIAPROCESS'],
  },
  {
    what: 'a role before keys of the same profile',
    config: `[profile p]\n${roleOps}[profile base]\n`,
    credentials: `[base]\n${pair('BASE')}[p]\n${pair('ONE')}`,
    profile: 'p',
    keys: ['AKIABASE', 'ASIAOPS'],
  },
  {
    what: 'a profile that is its own source',
    config: `[profile p]\n${takes('ops', 'source_profile = p')}${pair('ONE')}`,
    profile: 'p',
    keys: ['AKIAONE', 'ASIAOPS'],
  },
  {
    what: 'a role whose source has a process',
    config: `[profile p]\n${roleOps}[profile base]\n${prints('AKIAPROCESS')}`,
    profile: 'p',
    keys: ['AKIAPROCESS', 'ASIAOPS'],
  },
  {
    what: 'a role in the credentials file',
    credentials: `[p]\n${roleOps}[base]\n${pair('BASE')}`,
    profile: 'p',
    keys: ['AKIABASE', 'ASIAOPS'],
  },
  {
    what: 'a role on web identity',
    config: `[profile p]\n${roleOps}[profile base]\n${takes('pod', 'web_identity_token_file = {home}/token')}`,
    profile: 'p',
    keys: ['', 'ASIAPOD', 'ASIAOPS'],
  },
  {
    what: 'web identity of the environment before [default]',
    credentials: `[default]\n${pair('ONE')}`,
    env: identity,
    keys: ['', 'ASIAPOD'],
  },
  {
    what: 'web identity of the environment before AWS_PROFILE with keys',
    credentials: `[p]\n${pair('ONE')}`,
    env: {...identity, AWS_PROFILE: 'p'},
    keys: ['', 'ASIAPOD'],
  },
  {
    what: '--profile with keys before web identity of the environment',
    credentials: `[p]\n${pair('ONE')}`,
    env: identity,
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'a role of AWS_PROFILE before web identity of the environment',
    config: `[profile p]\n${roleOps}[profile base]\n${pair('BASE')}`,
    env: {...identity, AWS_PROFILE: 'p'},
    keys: ['AKIABASE', 'ASIAOPS'],
  },
  {
    what: '[default] with keys before a container',
    credentials: `[default]\n${pair('ONE')}`,
    env: ofContainer,
    keys: ['AKIAONE'],
  },
  {
    what: '--profile without keys, in a container',
    config: '[profile p]\noutput = json\n',
    env: ofContainer,
    profile: 'p',
    keys: ['ASIACONTAINER'],
  },
  {
    what: 'a container before the instance that it runs on',
    env: {
      ...ofContainer,
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: '{imds2}',
    },
    keys: ['ASIACONTAINER'],
  },
  {
    what: 'the Region of the profile before that of the instance',
    credentials: `[default]\nregion = eu-west-1\n${pair('ONE')}`,
    env: {...noRegion, AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: '{imds2}'},
    keys: ['AKIAONE'],
    region: 'eu-west-1',
  },
  {
    what: 'the Region of the profile, where that of its source_profile is another',
    config: `[profile p]\nregion = eu-west-1\n${roleOps}[profile base]\nregion = us-west-2\n${pair('BASE')}`,
    env: noRegion,
    profile: 'p',
    keys: ['AKIABASE', 'ASIAOPS'],
    region: 'eu-west-1',
  },
  // How names and lines are read.
  {
    what: 'text after a section’s ]',
    credentials: `[p1] ; the first\n${pair('ONE')}[p2] # the second\n${pair('TWO')}[p3]x\n${pair('THREE')}`,
    profile: 'p3',
    keys: ['AKIATHREE'],
  },
  {
    what: 'text after the ] of the section before',
    credentials: `[p1] ; the first\n${pair('ONE')}[p2]x\n${pair('TWO')}`,
    profile: 'p1',
    keys: ['AKIAONE'],
  },
  {
    what: '[profile "my prod"]',
    config: `[profile "my prod"]\n${pair('ONE')}`,
    profile: 'my prod',
    keys: ['AKIAONE'],
  },
  {
    what: "[profile 'my prod'] by AWS_PROFILE",
    config: `[profile 'my prod']\n${pair('ONE')}`,
    env: {AWS_PROFILE: 'my prod'},
    keys: ['AKIAONE'],
  },
  {
    what: '[my prod] of the credentials file',
    credentials: `[my prod]\n${pair('ONE')}`,
    profile: 'my prod',
    keys: ['AKIAONE'],
  },
  {
    what: '[profile größe]',
    config: `[profile größe]\n${pair('ONE')}`,
    profile: 'größe',
    keys: ['AKIAONE'],
  },
  {
    what: '[profile 本番] and [本番]',
    config: '[profile 本番]\nregion = eu-west-1\n',
    credentials: `[本番]\n${pair('ONE')}`,
    env: {...noRegion, AWS_PROFILE: '本番'},
    keys: ['AKIAONE'],
    region: 'eu-west-1',
  },
  {
    what: 'source_profile = my prod',
    config: `[profile p]\n${takes('ops', 'source_profile = my prod')}[profile "my prod"]\n${pair('BASE')}`,
    profile: 'p',
    keys: ['AKIABASE', 'ASIAOPS'],
  },
  {
    what: '[profile a/b@c+d.e]',
    config: `[profile a/b@c+d.e]\n${pair('ONE')}`,
    profile: 'a/b@c+d.e',
    keys: ['AKIAONE'],
  },
  {
    what: 'two spaces in [profile  p]',
    config: `[profile  p]\n${pair('ONE')}`,
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: '[profile default]',
    config: `[profile default]\n${pair('ONE')}`,
    keys: ['AKIAONE'],
  },
  {
    what: '[profile default] and [default] below it',
    config: `[profile default]\n${pair('ONE')}[default]\n${pair('TWO')}`,
    keys: ['AKIATWO'],
  },
  {
    what: '[default] and [profile default] below it',
    config: `[default]\n${pair('ONE')}[profile default]\n${pair('TWO')}`,
    keys: ['AKIATWO'],
  },
  {
    what: '[p] in the config file is no profile',
    config: `[p]\n${pair('ONE')}`,
    profile: 'p',
    keys: [],
    fails: 'NoSuchProfile: there is no profile p in the AWS configuration',
  },
  {
    what: '[profile p] in the credentials file is no profile p',
    credentials: `[profile p]\n${pair('ONE')}`,
    profile: 'p',
    keys: [],
    fails: 'NoSuchProfile: there is no profile p in the AWS configuration',
  },
  {
    what: 'the names of profiles have capitals',
    credentials: `[Prod]\n${pair('ONE')}[prod]\n${pair('TWO')}`,
    profile: 'Prod',
    keys: ['AKIAONE'],
  },
  {
    what: 'names of settings in capitals, and colons',
    credentials: '[p]\nAWS_ACCESS_KEY_ID: AKIAONE\nAWS_Secret_Access_Key: s\n',
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'no blanks around =, and blanks at the end',
    credentials: '[p]\naws_access_key_id=AKIAONE  \naws_secret_access_key=s\t\n',
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'lines that end with CR LF',
    config: `[profile p]\r\nregion = eu-west-1\r\n`,
    credentials: `[p]\r\n${pair('ONE').replaceAll('\n', '\r\n')}`,
    env: noRegion,
    profile: 'p',
    keys: ['AKIAONE'],
    region: 'eu-west-1',
  },
  {
    what: 'a byte order mark',
    credentials: `\uFEFF[p]\n${pair('ONE')}`,
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'remarks in lines for themselves',
    credentials: `# who\n; what\n[p]\n# where\n${pair('ONE')}; why\n`,
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'a remark after a setting',
    config: `[profile p]\nregion = eu-west-1 # Ireland\n${pair('ONE')}`,
    env: noRegion,
    profile: 'p',
    keys: ['AKIAONE'],
    region: 'eu-west-1',
  },
  {
    what: 'an sso-session whose name has a space',
    config: `[profile p]\nsso_session = my corp\n${sso}[sso-session "my corp"]\nsso_region = eu-central-1\nsso_start_url = https://x.awsapps.com/start\n`,
    profile: 'p',
    keys: ['portal', 'ASIAPORTAL'],
  },
  // Files in odd states.
  {
    what: 'a FIFO for a config file',
    credentials: `[default]\n${pair('ONE')}`,
    env: {AWS_CONFIG_FILE: '{fifo}'},
    keys: ['AKIAONE'],
  },
  {
    what: 'a folder for a config file',
    credentials: `[default]\n${pair('ONE')}`,
    env: {AWS_CONFIG_FILE: '{folder}'},
    keys: ['AKIAONE'],
  },
  {
    what: 'no config file where AWS_CONFIG_FILE says',
    credentials: `[default]\n${pair('ONE')}`,
    env: {AWS_CONFIG_FILE: '{folder}/none'},
    keys: ['AKIAONE'],
  },
  {
    what: 'files named from the home',
    credentials: `[default]\n${pair('ONE')}`,
    env: {HOME: '{folder}', AWS_CONFIG_FILE: '~/config', AWS_SHARED_CREDENTIALS_FILE: '~/credentials'},
    keys: ['AKIAONE'],
  },
  {
    what: 'empty files, and keys in the environment',
    env: inEnvironment,
    keys: ['AKIAENV'],
  },
  {
    what: 'AWS_SECURITY_TOKEN, as long ago',
    env: {AWS_ACCESS_KEY_ID: 'ASIAENV', AWS_SECRET_ACCESS_KEY: 's', AWS_SECURITY_TOKEN: 'token-of-ASIAENV'},
    keys: ['ASIAENV'],
  },
];

export const oddities = oddRows('odd shapes', list);
