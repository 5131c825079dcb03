import {findRun} from '../journal/find-run.ts';
import {readJournal} from '../journal/read.ts';
import {journalVersion} from '../journal/record.ts';
import type {Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {verifiedSignatures} from '../runs/approvals/verified.ts';
import {show} from '../text/show.ts';
import {count} from '../wording/fault-text.ts';
import {UsageError} from '../cli/usage-error.ts';

export const verifyCommand: Command = {
  name: 'verify',
  purpose: "check that a run's journal is whole and as it was written",
  usage: '<run or file or latest>',
  options: [],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined || extra !== undefined)
      throw new UsageError('name one run, a journal file, or latest');
    const journal = readJournal(findRun(name, process.env));
    const torn =
      journal.tornBytes === 0
        ? []
        : [`torn      the last ${journal.tornBytes} bytes: a crash cut that record off`];
    const lines = [
      `run       ${journal.run}`,
      `journal   ${journal.file}`,
      `format    version ${journalVersion}`,
      `records   ${journal.events.length}, each with the hash of all before it`,
      ...torn,
      `head      ${journal.head}`,
    ];
    const signatures = verifiedSignatures(journal);
    const signed = signatures.map(({approval, problem}) => {
      const {by, changes, step, signature} = approval;
      const what = `of ${by}, ${signature?.key}, for ${count(changes, 'change')} of step ${step}`;
      return `signature ${problem === undefined ? 'holds, ' : 'DOES NOT HOLD, '}${what}${problem === undefined ? '' : `: ${problem}`}`;
    });
    process.stdout.write(`${[...lines, ...signed.map(show)].join('\n')}\n`);
    return signatures.some(({problem}) => problem !== undefined) ? exitCodes.failed : exitCodes.done;
  },
};
