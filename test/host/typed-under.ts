import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const page = readFileSync(join(import.meta.dirname, '../../docs/hosting.md'), 'utf8');

/** What docs/hosting.md has a team type under a heading, line by line. */
export function typedUnder(heading: string): readonly string[] {
  const [, under = ''] = page.split(`\n## ${heading}\n`);
  const [section = ''] = under.split(/^## /m);
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
}
