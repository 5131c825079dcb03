import {oddRows, type Oddity} from './odd-rows.ts';
import {pair} from './row.ts';

const keys = pair('ONE');
const remedyless = (what: string): string => `BadCaBundle: the CA bundle ${what}`;

/** Certificates to trust: which file counts, and one that cannot be used. */
const list: readonly Oddity[] = [
  {
    what: 'AWS_CA_BUNDLE over ca_bundle of the profile',
    config: `[default]\n${keys}ca_bundle = /no/bundle.pem\n`,
    keys: ['AKIAONE'],
  },
  {
    what: 'ca_bundle of --profile, and another of [default]',
    env: {AWS_CA_BUNDLE: undefined},
    config: `[default]\nca_bundle = /no/bundle.pem\n[profile p]\n${keys}ca_bundle = {ca}\n`,
    profile: 'p',
    keys: ['AKIAONE'],
  },
  {
    what: 'no file where AWS_CA_BUNDLE says',
    env: {AWS_CA_BUNDLE: '/no/bundle.pem'},
    config: `[default]\n${keys}`,
    keys: [],
    fails: remedyless('/no/bundle.pem cannot be read: ENOENT'),
  },
  {
    what: 'no file where ca_bundle of the profile says',
    env: {AWS_CA_BUNDLE: undefined},
    config: `[default]\n${keys}ca_bundle = /no/bundle.pem\n`,
    keys: [],
    fails: remedyless('/no/bundle.pem cannot be read: ENOENT'),
  },
  {
    what: 'a folder for AWS_CA_BUNDLE',
    env: {AWS_CA_BUNDLE: '/dev'},
    config: `[default]\n${keys}`,
    keys: [],
    fails: remedyless('/dev cannot be read: EISDIR'),
  },
  {
    what: 'an empty file for AWS_CA_BUNDLE',
    env: {AWS_CA_BUNDLE: '/dev/null'},
    config: `[default]\n${keys}`,
    keys: [],
    fails: remedyless('/dev/null holds no certificate'),
  },
  {
    what: 'a file without a certificate for AWS_CA_BUNDLE',
    env: {AWS_CA_BUNDLE: '/etc/passwd'},
    config: `[default]\n${keys}`,
    keys: [],
    fails: remedyless('/etc/passwd holds no certificate'),
  },
  {
    what: 'AWS_CA_BUNDLE named from the home',
    env: {AWS_CA_BUNDLE: '~/ca.pem'},
    config: `[default]\n${keys}`,
    keys: [],
    fails: remedyless('~/ca.pem cannot be read: ENOENT'),
  },
  {
    what: 'an empty AWS_CA_BUNDLE over ca_bundle of the profile',
    env: {AWS_CA_BUNDLE: ''},
    config: `[default]\n${keys}ca_bundle = {ca}\n`,
    keys: ['AKIAONE'],
  },
];

export const trust = oddRows('certificates to trust', list);
