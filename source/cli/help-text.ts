import type {Command} from './command.ts';

/** What `handrail --help` says. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({name}) => name.length));
  return [
    'Handrail steps you through runbooks against AWS, shows every Region live, and keeps a journal.',
    '',
    'Usage: handrail <command> [options]',
    '',
    ...commands.map(({name, purpose}) => `  ${name.padEnd(width)}  ${purpose}`),
    '',
    'handrail <command> --help says more. Start with: handrail demo',
    '',
  ].join('\n');
}

/** What `handrail <command> --help` says. */
export function commandHelp(command: Command): string {
  const options = [...command.optionHelp, {usage: '--help', help: 'show this'}];
  const width = Math.max(...options.map(({usage}) => usage.length));
  return [
    `handrail ${command.name}: ${command.purpose}`,
    '',
    `Usage: handrail ${command.name} ${command.usage}`,
    '',
    ...options.map(({usage, help}) => `  ${usage.padEnd(width)}  ${help}`),
    '',
  ].join('\n');
}
