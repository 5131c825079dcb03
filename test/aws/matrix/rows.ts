import {sources, type Source} from './sources.ts';
import {signed, type Row} from './row.ts';
import {plain, settings, type Setting} from './settings.ts';
import {files} from './files.ts';
import {machines} from './machines.ts';
import {oddities} from './oddities.ts';
import {services} from './services.ts';
import {trust} from './trust.ts';

/** The sources that are tried with every setting. */
const withEverySetting = new Set([
  'keys in the environment',
  '--profile with keys',
  'a role, by source_profile',
]);

/** Every row of the matrix. */
export function matrix(): readonly Row[] {
  const crossed = sources.flatMap((source) =>
    settings.flatMap((setting) =>
      setting.everywhere === true || withEverySetting.has(source.what) ? [crossing(source, setting)] : [],
    ),
  );
  return [...crossed, ...services, ...oddities, ...files, ...machines, ...trust];
}

function crossing(source: Source, setting: Setting): Row {
  const {what, env = {}, config, credentials = () => '', hops, key, ...options} = source;
  const lines = setting.profile ?? '';
  const region = setting.region ?? 'eu-west-1';
  const host = setting.host ?? plain;
  return {
    ...options,
    source: what,
    setting: setting.what,
    env: {...setting.env, ...env},
    config: `${config(lines)}${setting.config ?? ''}`,
    credentials: credentials(lines),
    operation: 'imagebuilder:ListImagePipelines',
    expected: [
      ...hops.map((hop) =>
        signed(
          hop.key,
          hop.service,
          region,
          host(hop.service, hop.service === 'sso' ? 'eu-central-1' : region),
        ),
      ),
      signed(key, 'imagebuilder', region, host('imagebuilder', region)),
    ],
  };
}
