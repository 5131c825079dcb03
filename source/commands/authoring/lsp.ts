import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';

export const lspCommand: Command = {
  name: 'lsp',
  purpose: 'serve an editor: problems as you type, completion and explanations; docs/language/editors.md',
  usage: '[options]',
  options: [{name: 'stdio', help: 'talk over standard input and output, which it always does'}],
  async run(args) {
    if (args.positionals.length > 0) throw new UsageError('lsp takes no arguments');
    if (process.stdin.isTTY)
      throw new UsageError('lsp is started by an editor; docs/language/editors.md says how');
    const {serve} = await import('../../authoring/language-server/server.ts');
    await serve();
    return exitCodes.done;
  },
};
