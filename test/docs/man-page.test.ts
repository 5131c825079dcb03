import {expect, it} from 'vitest';
import {manPage} from '../../scripts/man/page.ts';
import {commandTable} from '../../source/commands/command-table.ts';
import {version} from '../../source/version.ts';

const commands = await Promise.all(commandTable.map((entry) => entry.load()));

it('man/handrail.1 is what the commands say: `npm run man` writes it again', async () => {
  await expect(manPage(commands, version())).toMatchFileSnapshot('../../man/handrail.1');
});

it('shows every command and every option of each', () => {
  const page = manPage(commands, version());
  const sections = page.split(/^\.S[SH] /m);
  for (const {name, options} of commands) {
    const own = sections.find((section) => new RegExp(`^"handrail ${name}[ "]`).test(section)) ?? '';
    const plain = own.replaceAll('\\-', '-');
    expect(plain, name).not.toBe('');
    for (const option of options) expect(plain, name).toContain(`--${option.name}`);
  }
});
