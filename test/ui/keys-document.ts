import {lineKeys} from '../../source/ui/plain/typed-answer.ts';
import {lineCommands} from '../../source/ui/plain/typed-command.ts';
import type {HelpSection} from '../../source/ui/keyboard/key-table.ts';
import {fleetTables} from '../../source/ui/fleet/screen/keys/tables.ts';
import {formKeys} from '../../source/ui/home/form-keys.ts';
import {homeHelpKeys, homeKeys} from '../../source/ui/home/home-keys.ts';
import {watchKeys} from '../../source/ui/replay/take-over.ts';
import {replayHelp} from '../../source/ui/replay/transport-keys.ts';
import {runTables} from '../../source/ui/run/keys/tables.ts';

/** Every table of keys that there is. */
export const allTables: readonly HelpSection[] = [
  homeKeys,
  homeHelpKeys,
  formKeys,
  ...Object.values(runTables),
  ...Object.values(fleetTables),
  replayHelp,
  watchKeys,
];

/** docs/keys.md, from the tables that the keyboard itself goes by. */
export function keysDocument(): string {
  const parts = [...allTables, lineKeys, lineCommands].map(({title, bindings}) => {
    const rows = bindings.map(({shown, help}) => [`\`${shown}\``, help] as const);
    const keyColumns = Math.max(3, ...rows.map(([key]) => key.length));
    const textColumns = Math.max(12, ...rows.map(([, text]) => text.length));
    const row = (key: string, text: string): string =>
      `| ${key.padEnd(keyColumns)} | ${text.padEnd(textColumns)} |`;
    return [
      `## ${title}`,
      '',
      row('key', 'what it does'),
      row('-'.repeat(keyColumns), '-'.repeat(textColumns)),
      ...rows.map(([key, text]) => row(key, text)),
    ].join('\n');
  });
  return `${introduction}\n\n${parts.join('\n\n')}\n`;
}

const introduction = `# Keys

The keys of every screen, from the tables that \`?\` shows. Where text is typed, \`?\` is text. Line mode is for
screen readers and for terminals that cannot move their cursor.

- A key with Alt is never the bare key. Multiplexers make Alt-Enter of Esc with Enter soon after it: that declines.
- A decision takes no key before it is to be seen, and 0.7 s have passed without any, or Tab was pressed.
- What is pasted never sends itself: a line break at its end is left out.`;
