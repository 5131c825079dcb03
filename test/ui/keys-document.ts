import {bindings, type Focus} from '../../source/ui/keyboard/bindings.ts';

const places: readonly (readonly [Focus, string])[] = [
  ['home', 'Home'],
  ['run', 'The run'],
  ['filter', 'A filter, being typed'],
  ['region', 'A Region, opened'],
  ['question', 'A decision, or a waiver'],
  ['result', 'When it has ended'],
  ['help', 'The help'],
  ['replay', 'A replay'],
];

/** docs/keys.md, from the table that the keyboard itself comes from. */
export function keysDocument(): string {
  const parts = places.map(([focus, title]) => {
    const rows = bindings
      .filter(({where}) => where.includes(focus))
      .map(({shown, does}) => [`\`${shown}\``, does] as const);
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
  return `# Keys\n\nWhat \`?\` shows, from the same table. Where text is typed, \`?\` is text.\n\n${parts.join('\n\n')}\n`;
}
