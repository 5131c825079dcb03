import type {Row} from './row.ts';

/** Settings beside a source of keys. */
export interface Setting {
  readonly what: string;
  readonly env?: Row['env'];
  /** Lines of the profile in use. */
  readonly profile?: string;
  /** More sections of the config file. */
  readonly config?: string;
  /** The Region of account-wide calls, and of STS; eu-west-1 when left out. */
  readonly region?: string;
  readonly host?: Host;
  /** It is tried with every source; else with a few. */
  readonly everywhere?: true;
}

/** The host of a service in a Region. */
export type Host = (service: string, region: string) => string;

const inProfile = 'region = eu-west-1\n';
const label = (service: string): string => (service === 'sso' ? 'portal.sso' : service);

/** A host of the standard endpoints. */
export const plain: Host = (service, region) => `${label(service)}.${region}.${suffixOf(region)}`;
const fips: Host = (service, region) => `${label(service)}-fips.${region}.${suffixOf(region)}`;
const dual: Host = (service, region) => `${label(service)}.${region}.api.aws`;
const fipsAndDual: Host = (service, region) => `${label(service)}-fips.${region}.api.aws`;

function suffixOf(region: string): string {
  if (region.startsWith('eusc-')) return 'amazonaws.eu';
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** An endpoint for every service. */
const all: Host = () => 'all.example.com';
/** An endpoint for each of these services; the standard one for the others. */
const own =
  (...services: readonly string[]): Host =>
  (service, region) =>
    services.includes(service) ? `${service}.example.com` : plain(service, region);

const ofServices = (...services: readonly string[]): string =>
  `[services mine]\n${services.map((name) => `${name} =\n  endpoint_url = https://${name}.example.com\n`).join('')}`;

export const settings: readonly Setting[] = [
  {
    what: 'AWS_REGION and AWS_DEFAULT_REGION',
    env: {AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1'},
    everywhere: true,
  },
  {what: 'region of the profile', profile: inProfile, everywhere: true},
  {
    what: 'no Region but that of the instance',
    env: {AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: '{imds2}'},
    region: 'ap-southeast-7',
    everywhere: true,
  },
  {
    what: 'AWS_ENDPOINT_URL',
    env: {AWS_ENDPOINT_URL: 'https://all.example.com'},
    profile: inProfile,
    host: all,
    everywhere: true,
  },
  {
    what: 'AWS_ENDPOINT_URL_STS, …_IMAGEBUILDER and …_SSO',
    env: {
      AWS_ENDPOINT_URL_STS: 'https://sts.example.com',
      AWS_ENDPOINT_URL_IMAGEBUILDER: 'https://imagebuilder.example.com',
      AWS_ENDPOINT_URL_SSO: 'https://sso.example.com',
    },
    profile: inProfile,
    host: own('sts', 'imagebuilder', 'sso'),
    everywhere: true,
  },
  {
    what: 'a services section',
    profile: `${inProfile}services = mine\n`,
    config: ofServices('sts', 'imagebuilder', 'sso'),
    host: own('sts', 'imagebuilder', 'sso'),
    everywhere: true,
  },
  {
    what: 'endpoint_url of the profile',
    profile: `${inProfile}endpoint_url = https://all.example.com\n`,
    host: all,
    everywhere: true,
  },
  {
    what: 'use_fips_endpoint of the profile',
    profile: `${inProfile}use_fips_endpoint = true\n`,
    host: fips,
    everywhere: true,
  },
  {
    what: 'AWS_USE_DUALSTACK_ENDPOINT',
    env: {AWS_USE_DUALSTACK_ENDPOINT: 'true'},
    profile: inProfile,
    host: dual,
    everywhere: true,
  },
  {what: 'AWS_REGION over the profile’s', env: {AWS_REGION: 'eu-west-1'}, profile: 'region = us-east-1\n'},
  {what: 'AWS_DEFAULT_REGION', env: {AWS_DEFAULT_REGION: 'eu-west-1'}},
  {
    what: 'AWS_REGION, and another AWS_DEFAULT_REGION',
    env: {AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1'},
  },
  {what: 'no Region at all', region: 'us-east-1'},
  {what: 'a Region in China', profile: 'region = cn-north-1\n', region: 'cn-north-1'},
  {what: 'a Region of GovCloud', profile: 'region = us-gov-west-1\n', region: 'us-gov-west-1'},
  {
    what: 'a Region of the European Sovereign Cloud',
    profile: 'region = eusc-de-east-1\n',
    region: 'eusc-de-east-1',
  },
  {
    what: 'AWS_ENDPOINT_URL_IMAGEBUILDER over AWS_ENDPOINT_URL',
    env: {
      AWS_ENDPOINT_URL: 'https://all.example.com',
      AWS_ENDPOINT_URL_IMAGEBUILDER: 'https://imagebuilder.example.com',
    },
    profile: inProfile,
    host: (service) => (service === 'imagebuilder' ? 'imagebuilder.example.com' : 'all.example.com'),
  },
  {
    what: 'AWS_ENDPOINT_URL over a services section',
    env: {AWS_ENDPOINT_URL: 'https://all.example.com'},
    profile: `${inProfile}services = mine\n`,
    config: ofServices('imagebuilder'),
    host: all,
  },
  {
    what: 'a services section over endpoint_url',
    profile: `${inProfile}services = mine\nendpoint_url = https://all.example.com\n`,
    config: ofServices('imagebuilder'),
    host: (service) => (service === 'imagebuilder' ? 'imagebuilder.example.com' : 'all.example.com'),
  },
  {
    what: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    env: {AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'https://all.example.com'},
    profile: `${inProfile}endpoint_url = https://all.example.com\n`,
  },
  {
    what: 'ignore_configured_endpoint_urls of the profile',
    profile: `${inProfile}ignore_configured_endpoint_urls = true\nendpoint_url = https://all.example.com\n`,
  },
  {what: 'AWS_USE_FIPS_ENDPOINT', env: {AWS_USE_FIPS_ENDPOINT: 'true'}, profile: inProfile, host: fips},
  {
    what: 'AWS_USE_FIPS_ENDPOINT = false over the profile’s',
    env: {AWS_USE_FIPS_ENDPOINT: 'false'},
    profile: `${inProfile}use_fips_endpoint = true\n`,
  },
  {
    what: 'use_dualstack_endpoint of the profile',
    profile: `${inProfile}use_dualstack_endpoint = true\n`,
    host: dual,
  },
  {
    what: 'FIPS and dual stack',
    env: {AWS_USE_FIPS_ENDPOINT: 'TRUE'},
    profile: `${inProfile}use_dualstack_endpoint = true\n`,
    host: fipsAndDual,
  },
  {
    what: 'AWS_ENDPOINT_URL and FIPS',
    env: {AWS_ENDPOINT_URL: 'https://all.example.com'},
    profile: `${inProfile}use_fips_endpoint = true\n`,
    host: all,
  },
  {
    what: 'AWS_STS_REGIONAL_ENDPOINTS = legacy',
    env: {AWS_STS_REGIONAL_ENDPOINTS: 'legacy'},
    profile: inProfile,
  },
  {
    what: 'sts_regional_endpoints = regional',
    profile: `${inProfile}sts_regional_endpoints = regional\n`,
  },
  {
    what: 'ca_bundle of the profile',
    env: {AWS_CA_BUNDLE: undefined},
    profile: `${inProfile}ca_bundle = {ca}\n`,
  },
];
