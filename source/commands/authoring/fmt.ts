import {writeFileSync} from 'node:fs';
import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {show} from '../../text/show.ts';

export const fmtCommand: Command = {
  name: 'fmt',
  purpose: 'write runbooks and their test files in the one form; comments stay',
  usage: '<file>… [options]',
  options: [
    {name: 'check', help: 'write nothing; name the files that are not in that form, and exit with 1'},
  ],
  async run(args) {
    const {positionals} = args;
    if (positionals.length === 0) throw new UsageError('name at least one file');
    const {NotFormatted, formatted} = await import('../../authoring/format/format.ts');
    const {textOfFile} = await import('../../authoring/text-of-file.ts');
    let others = 0;
    for (const file of positionals) {
      const text = textOfFile(file);
      try {
        const print = formatted(file, text);
        if (print === text) continue;
        others += 1;
        if (!args.flag('check')) writeFileSync(file, print);
        process.stdout.write(`${show(file)}\n`);
      } catch (error) {
        if (!(error instanceof NotFormatted)) throw error;
        throw new UsageError(error.message);
      }
    }
    return args.flag('check') && others > 0 ? exitCodes.failed : exitCodes.done;
  },
};
