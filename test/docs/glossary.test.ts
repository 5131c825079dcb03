import {expect, it} from 'vitest';
import {glossary} from '../../source/wording/glossary/words.ts';

it('docs/glossary.md has the words of source/wording/glossary/words.ts', async () => {
  const names = Object.keys(glossary);
  expect(names).toEqual(names.toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase())));
  const entries = Object.entries(glossary).map(([word, meaning]) => `**${word}**: ${meaning}`);
  const text = [
    '# Glossary',
    'One word for one thing, on the screen, in reports and in these pages. AWS names AWS things.',
    ...entries,
  ].join('\n\n');
  await expect(`${text}\n`).toMatchFileSnapshot('../../docs/glossary.md');
});
