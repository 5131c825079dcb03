import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {commandTable} from '../../source/commands/command-table.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/transcripts.md'), 'utf8');
const typed = [...page.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command);

it('the transcripts of fresh machines have commands that there are: `npm run transcripts` plays them again', async () => {
  const commands = await Promise.all(commandTable.map((entry) => entry.load()));
  const names = commands.map(({name}) => name);
  const ours = typed.flatMap((line) => /\.\/handrail (\w[\w-]*)/.exec(line)?.[1] ?? []);
  expect(ours.length).toBeGreaterThan(2);
  expect(ours.filter((name) => !names.includes(name))).toEqual([]);
  const {scripts} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {scripts: object};
  const run = typed.flatMap((line) => /npm (?:run )?(start)/.exec(line)?.[1] ?? []);
  expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

it('they end with a role that is gone, on both machines', () => {
  const stories = page.split(/^## /m).slice(1);
  expect(stories.map((story) => story.split('\n')[0])).toEqual([
    'A host with Node 20',
    'A host without Node',
  ]);
  for (const story of stories) expect(story).toMatch(/the role is gone/);
});
