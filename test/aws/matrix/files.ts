import {oddRows, type Oddity} from './odd-rows.ts';
import {pair} from './row.ts';

const one = `[default]\n${pair('ONE')}`;

/** Files of `~/.aws` that hold something else, or are not there. Keys of another source are there in most rows. */
const list: readonly Oddity[] = [
  {
    what: 'a line that is neither a section nor a setting',
    credentials: `${one}region eu-west-1\n`,
    keys: [],
    fails: 'BadFile: line 4 of …/credentials is neither a [section] nor a setting',
  },
  {
    what: 'a setting before any section',
    config: 'region = eu-west-1\n',
    credentials: one,
    keys: [],
    fails: 'BadFile: line 1 of …/config stands before any [section]',
  },
  {
    what: 'a section that is not closed',
    config: '[default\nregion = eu-west-1\n',
    credentials: one,
    keys: [],
    fails: 'BadFile: line 1 of …/config stands before any [section]',
  },
  {
    what: 'a setting without a name',
    credentials: `${one}= eu-west-1\n`,
    keys: [],
    fails: 'BadFile: line 4 of …/credentials is neither a [section] nor a setting',
  },
  {
    what: 'a file of zeros',
    config: '\0\0\0\0',
    credentials: one,
    keys: [],
    fails: 'BadFile: …/config is no text in UTF-8',
  },
  {
    what: 'a file with zeros among keys in the environment',
    env: {AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's'},
    config: '[default]\n\0\0\0\0',
    keys: [],
    fails: 'BadFile: …/config is no text in UTF-8',
  },
  {what: 'lines that end with CR alone', credentials: one.replaceAll('\n', '\r'), keys: ['AKIAONE']},
  {
    what: 'an indented section, and indented settings',
    credentials: `  [default]\n  ${pair('ONE').replace('\n', '\n  ')}`,
    keys: ['AKIAONE'],
  },
  {
    what: 'an indented line below a setting',
    config: `[default]\nregion = eu-west-1\n  no setting at all\n`,
    credentials: one,
    keys: ['AKIAONE'],
  },
  {
    what: 'no file where AWS_SHARED_CREDENTIALS_FILE says',
    env: {AWS_SHARED_CREDENTIALS_FILE: '{folder}/none'},
    keys: [],
    fails: 'CredentialsProviderError: no credentials were found; …/config is empty; …/none is not there',
  },
];

export const files = oddRows('files of ~/.aws in odd states', list);
