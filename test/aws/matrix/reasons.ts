import type {Row} from './row.ts';

/** Why the AWS CLI does something else for some rows. */
export interface Reason {
  readonly versions: RegExp;
  readonly fits: (row: Row) => boolean;
  readonly why: string;
}

const setting =
  (pattern: RegExp) =>
  (row: Row): boolean =>
    pattern.test(row.setting);
const source =
  (pattern: RegExp) =>
  (row: Row): boolean =>
    pattern.test(row.source);

/** The first that fits a row counts. */
export const reasons: readonly Reason[] = [
  {
    versions: /./,
    fits: setting(/^no Region at all$/),
    why: 'Without a Region, the CLI asks no regional service. Handrail looks in every Region by itself, and needs one only for account-wide calls: it takes us-east-1.',
  },
  {
    versions: /./,
    fits: setting(/^a byte order mark$/),
    why: 'Python refuses a file that begins with a byte order mark. Editors on Windows leave one, and Handrail passes over it.',
  },
  {
    versions: /./,
    fits: setting(/^a remark after a setting$/),
    why: 'The CLI takes the remark for a part of the value, which is then no Region. The SDKs cut it off, and so does Handrail.',
  },
  {
    versions: /./,
    fits: setting(/HTTP_PROXY is for all$/),
    why: 'The CLI asks the metadata service through HTTP_PROXY, unless NO_PROXY names 169.254.169.254. A proxy would answer for another machine. Handrail and the SDK for JavaScript ask the service directly.',
  },
  {
    versions: /^1\./,
    fits: setting(/^no Region but that of (the|an) instance/),
    why: 'Version 1 does not ask the instance for its Region. Version 2 does.',
  },
  {
    versions: /^1\./,
    fits: setting(/^AWS_REGION( over|, and another)/),
    why: 'Version 1 does not read AWS_REGION. Version 2 does, before AWS_DEFAULT_REGION.',
  },
  {
    versions: /^1\./,
    fits: setting(/^AWS_PROFILE and another AWS_DEFAULT_PROFILE$/),
    why: 'Version 1 takes AWS_DEFAULT_PROFILE first. Version 2 takes AWS_PROFILE.',
  },
  {
    versions: /^1\./,
    fits: setting(/^AWS_STS_REGIONAL_ENDPOINTS = legacy$/),
    why: 'Version 1 follows the setting and asks the global STS. Version 2 has no such setting: it asks the STS of the Region.',
  },
  {
    versions: /^1\./,
    fits: source(/^aws login$/),
    why: 'Version 1 takes keys of `aws login` only with the package botocore[crt], which the host of this table lacks.',
  },
  {
    versions: /^(1|2\.9)\./,
    fits: (row) => /organizations|iam/.test(row.source) && /dualstack/.test(row.setting),
    why: 'Its table of endpoints puts the Region of the profile into the dual-stack name of a global service. It signs for us-east-1, as Handrail does, whose SDK has a newer table.',
  },
  {
    versions: /^2\.9\./,
    fits: (row) => /^aws login$|ListRegions/.test(row.source),
    why: '`aws login` and `aws account list-regions` came with later versions.',
  },
  {
    versions: /^2\.9\./,
    fits: (row) =>
      /ENDPOINT_URL|endpoint_url|services section/.test(row.setting) && !/IGNORE|ignore/.test(row.setting),
    why: 'Settings of endpoints came with 2.13. Version 1.45.11, which is years newer, has them and does as Handrail.',
  },
  {
    versions: /^2\.9\./,
    fits: source(/token in a file$/),
    why: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE came with a later version.',
  },
  {
    versions: /^2\.9\./,
    fits: source(/^a role by AWS_PROFILE, on an SSO profile$/),
    why: 'This version stops with an error of its own when a source_profile has an sso-session.',
  },
  {
    versions: /^2\.9\./,
    fits: setting(/European Sovereign Cloud$/),
    why: 'This version is older than that cloud.',
  },
];

/** The reason for a row's difference; undefined when nobody knows any. */
export function reasonFor(row: Row, version: string): Reason | undefined {
  return reasons.find(({versions, fits}) => versions.test(version) && fits(row));
}
