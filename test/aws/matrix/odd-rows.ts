import {plain} from './settings.ts';
import {signed, type Row} from './row.ts';

/** A case by itself: no source with every setting. */
export interface Oddity extends Partial<Pick<Row, 'env' | 'config' | 'credentials' | 'profile'>> {
  readonly what: string;
  /** The keys that sign, one after the other: the last one the request, those before it for roles. */
  readonly keys: readonly string[];
  /** Our words where nothing is sent. */
  readonly fails?: string;
  /** The Region, where it is not the environment's. */
  readonly region?: string;
}

/** One row each, in eu-west-1 unless it is about the Region. */
export function oddRows(source: string, list: readonly Oddity[]): readonly Row[] {
  return list.map((one) => oddRow(source, one));
}

function oddRow(source: string, one: Oddity): Row {
  const {what, env = {}, config = '', credentials = '', profile, keys, fails, region = 'eu-west-1'} = one;
  const services = keys.map((_, index) => (index === keys.length - 1 ? 'imagebuilder' : 'sts'));
  const hops = keys.map((key, index) =>
    key === 'portal'
      ? signed('', 'sso', '', plain('sso', 'eu-central-1'))
      : signed(key, services[index] ?? '', region, plain(services[index] ?? '', region)),
  );
  return {
    source,
    setting: what,
    env: {AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1', ...env},
    config,
    credentials,
    ...(profile === undefined ? {} : {profile}),
    operation: 'imagebuilder:ListImagePipelines',
    expected: fails === undefined ? hops : [`fails: ${fails}`],
  };
}
