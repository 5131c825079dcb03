import {configIn} from '../../cli/config/config-file.ts';
import {callerInEnvironment} from '../../cli/config/defaults.ts';
import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {show} from '../../text/show.ts';

export const configCommand: Command = {
  name: 'config',
  purpose: 'show the defaults that are in force, and where each comes from',
  usage: '',
  options: [],
  async run({positionals}) {
    if (positionals[0] !== undefined) throw new UsageError(`config takes no ${positionals[0]}`);
    process.stdout.write(configText(process.env));
    return exitCodes.done;
  },
};

/** Says where a value comes from. */
function source(value: string, inFile: string | undefined, variable: string | undefined): string {
  if (value === inFile) return 'the file';
  const outdone = inFile === undefined ? '' : `, which outdoes the file's ${inFile}`;
  return variable ? `${variable} of the environment${outdone}` : 'by itself';
}

function configText(env: NodeJS.ProcessEnv): string {
  const {file, config} = configIn(env);
  const {profiles = {}, leaveOut = []} = config ?? {};
  const caller = callerInEnvironment(env);
  const outdone = caller === undefined ? 'the file' : `the file, outdone by ${caller} of the environment`;
  const bell = env['HANDRAIL_BELL'] === 'off' ? 'off' : 'on';
  const forced = env['FORCE_COLOR'] === undefined ? undefined : 'as FORCE_COLOR says';
  const color = forced ?? (env['NO_COLOR'] ? 'never' : 'auto');
  const rows = [
    ['bell', bell, source(bell, config?.bell, env['HANDRAIL_BELL'] && 'HANDRAIL_BELL')],
    [
      'color',
      color,
      source(color, config?.color, forced === undefined ? env['NO_COLOR'] && 'NO_COLOR' : 'FORCE_COLOR'),
    ],
    ...Object.entries(profiles).map(([runbook, profile]) => [`profile of ${runbook}`, profile, outdone]),
    ...leaveOut.map(({region, reason}) => ['left out', region, `the file: ${reason}`]),
  ].map((row) => row.map(show));
  const width = (at: number): number => Math.max(...rows.map((row) => row[at]?.length ?? 0));
  const lines = rows.map(([name = '', value = '', from = '']) =>
    `  ${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${from}`.trimEnd(),
  );
  const head = config === undefined ? `There is no ${show(file)}.` : `${show(file)}:`;
  return [head, ...lines, ''].join('\n');
}
