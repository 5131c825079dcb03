import {existsSync, readFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';
import {commandTable} from '../../source/commands/command-table.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** The command lines of Handrail in the README, as words. */
const handrailLines = [...readme.matchAll(/npm run -s handrail -- ([^`\n]+)/g)].map((match) =>
  (match[1] ?? '').trim().split(/\s+/),
);

describe('the README', () => {
  it('shows the two commands first, as CI and a newcomer run them', () => {
    const firstScreen = readme.split('\n').slice(0, 24).join('\n');
    expect(firstScreen).toContain('npm ci && npm start');
    expect(firstScreen).toContain('npm ci && npm test');
    expect(manifest.scripts['start']).toMatch(/ demo$/);
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('npm test');
  });

  it('names only commands and options that there are', async () => {
    expect(handrailLines.length).toBeGreaterThan(5);
    for (const [name = '', ...args] of handrailLines) {
      const entry = commandTable.find((one) => one.name === name);
      expect(entry, name).toBeDefined();
      const command = await entry?.load();
      for (const option of args.filter((arg) => arg.startsWith('--'))) {
        expect(
          command?.options.map((one) => `--${one.name}`),
          `${name} ${option}`,
        ).toContain(option);
      }
    }
  });

  it('links only to pages that there are, and they too', () => {
    const seen = new Set<string>();
    const follow = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      expect(existsSync(file), file).toBe(true);
      if (!file.endsWith('.md')) return;
      for (const match of readFileSync(file, 'utf8').matchAll(/\]\(((?!https?:|#)[^)\s#]+)/g)) {
        follow(resolve(dirname(file), match[1] ?? ''));
      }
    };
    follow(join(root, 'README.md'));
    expect(seen.size).toBeGreaterThan(3);
  });
});
