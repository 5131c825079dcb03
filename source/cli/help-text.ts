import type {Command} from './command.ts';
import {typed, type Option} from './option.ts';

/** The options that every command has. */
export const everywhere: readonly Option[] = [
  {name: 'debug', help: 'write a log to a file beside the journals; HANDRAIL_LOG=FILE names another'},
  {name: 'help', help: 'show the options'},
];

/** Formats `handrail --help`. */
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

/** Formats `handrail <command> --help`. */
export function commandHelp(command: Command): string {
  const options = [...command.options, ...everywhere];
  const width = Math.max(...options.map((option) => typed(option).length));
  return [
    `handrail ${command.name}: ${command.purpose}`,
    '',
    `Usage: handrail ${command.name} ${command.usage}`,
    '',
    ...options.map((option) => `  ${typed(option).padEnd(width)}  ${option.help}`),
    '',
  ].join('\n');
}
