import {readFileSync} from 'node:fs';

export const tutorial = readFileSync(new URL('../../docs/language/tutorial.md', import.meta.url), 'utf8');
const blocks = [...tutorial.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
/** The file that the page builds: its blocks up to the one about errors, with its inputs. */
export const [head = '', ...rest] = blocks;
export const steps = rest
  .slice(0, 4)
  .map((block) => (block.startsWith('- ') ? block.replace(/^(?=.)/gm, '  ') : block));
const inputs = rest.find((block) => block.startsWith('inputs:')) ?? '';
export const built = head + inputs + steps.join('\n');
