import {containerToken, taskPath} from './machine-answers.ts';
import {oddRows, type Oddity} from './odd-rows.ts';
import {takes} from './row.ts';

const at = (service: string): Record<string, string> => ({
  AWS_EC2_METADATA_DISABLED: 'false',
  AWS_EC2_METADATA_SERVICE_ENDPOINT: service,
});
/** One that grants no tokens. */
const v1 = at('{imds1}');
const v2 = at('{imds2}');
const usual = {AWS_EC2_METADATA_DISABLED: 'false', NO_PROXY: '127.0.0.1,169.254.169.254'};
const task = {AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: taskPath};
const noRegion = {AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined};
const noKeys = (who: string): string =>
  `CredentialsProviderError: ${who}; and the metadata service of this host gives no keys: http://127.0.0.1/ grants no token, and IMDSv1 is disabled`;
const bothEmpty = '; …/config is empty; …/credentials is empty';

/** Which machine gives keys, and how it may be asked. */
const list: readonly Oddity[] = [
  {
    what: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI before …_FULL_URI',
    env: {
      ...task,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: '{container}/keys',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken,
    },
    keys: ['ASIATASK'],
  },
  {
    what: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, and credential_source = EcsContainer',
    env: task,
    config: `[profile p]\n${takes('ops', 'credential_source = EcsContainer')}`,
    profile: 'p',
    keys: ['ASIATASK', 'ASIAOPS'],
  },
  {what: 'the instance at 169.254.169.254', env: usual, keys: ['ASIAMACHINE']},
  {
    what: 'the instance at 169.254.169.254, and HTTP_PROXY is for all',
    env: {...usual, NO_PROXY: undefined},
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'ec2_metadata_service_endpoint of the profile',
    env: {AWS_EC2_METADATA_DISABLED: 'false'},
    config: '[profile p]\nec2_metadata_service_endpoint = {imds2}\n',
    profile: 'p',
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'AWS_EC2_METADATA_DISABLED = 1',
    env: {...v2, AWS_EC2_METADATA_DISABLED: '1'},
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'AWS_EC2_METADATA_DISABLED = TRUE',
    env: {...v2, AWS_EC2_METADATA_DISABLED: 'TRUE'},
    keys: [],
    fails: `CredentialsProviderError: no credentials were found${bothEmpty}`,
  },
  {
    what: 'IMDSv2, and AWS_EC2_METADATA_V1_DISABLED',
    env: {...v2, AWS_EC2_METADATA_V1_DISABLED: 'true'},
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'IMDSv1 alone, and AWS_EC2_METADATA_V1_DISABLED',
    env: {...v1, AWS_EC2_METADATA_V1_DISABLED: 'true'},
    keys: [],
    fails: noKeys('no credentials were found') + bothEmpty,
  },
  {
    what: 'IMDSv1 alone, and AWS_EC2_METADATA_V1_DISABLED = 1',
    env: {...v1, AWS_EC2_METADATA_V1_DISABLED: '1'},
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'IMDSv1 alone, and ec2_metadata_v1_disabled of [default]',
    env: v1,
    config: '[default]\nec2_metadata_v1_disabled = true\n',
    keys: [],
    fails: noKeys('profile default has no credentials'),
  },
  {
    what: 'IMDSv1 alone, and ec2_metadata_v1_disabled of AWS_PROFILE',
    env: {...v1, AWS_PROFILE: 'p'},
    config: '[profile p]\nec2_metadata_v1_disabled = true\n',
    keys: [],
    fails: noKeys('profile p has no credentials'),
  },
  {
    what: 'IMDSv1 alone, and ec2_metadata_v1_disabled of --profile',
    env: v1,
    config: '[profile p]\nec2_metadata_v1_disabled = true\n',
    profile: 'p',
    keys: [],
    fails: noKeys('profile p has no credentials'),
  },
  {
    what: 'IMDSv1 alone, and ec2_metadata_v1_disabled of a profile that is not in use',
    env: v1,
    config: '[default]\n[profile q]\nec2_metadata_v1_disabled = true\n',
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'AWS_EC2_METADATA_V1_DISABLED = false over the profile’s',
    env: {...v1, AWS_EC2_METADATA_V1_DISABLED: 'false'},
    config: '[default]\nec2_metadata_v1_disabled = true\n',
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'IMDSv1 alone and disabled, for credential_source = Ec2InstanceMetadata',
    env: {...v1, AWS_EC2_METADATA_V1_DISABLED: 'true'},
    config: `[profile p]\n${takes('ops', 'credential_source = Ec2InstanceMetadata')}`,
    profile: 'p',
    keys: [],
    fails:
      'NoInstanceKeys: the metadata service of this host gives no keys: http://127.0.0.1/ grants no token, and IMDSv1 is disabled',
  },
  {
    what: 'a FIFO for a config file, on an instance',
    env: {...v2, AWS_CONFIG_FILE: '{fifo}'},
    keys: ['ASIAMACHINE'],
  },
  {
    what: 'no Region but that of an instance with IMDSv1, and keys in the environment',
    env: {...v1, ...noRegion, AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's'},
    keys: ['AKIAENV'],
    region: 'ap-southeast-7',
  },
];

export const machines = oddRows('machines that give keys', list);
