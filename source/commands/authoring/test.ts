import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {formatIn} from '../../cli/known-name.ts';
import {findRun} from '../../journal/find-run.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {lineWriter} from '../../ui/terminal/line-writer.ts';
import {writers} from './test-output.ts';

const writeWhole = (text: string): void => void process.stdout.write(text);

export const testCommand: Command = {
  name: 'test',
  purpose: 'run the test files of runbooks; calls nothing and needs no credentials',
  usage: '<test file or folder>… [options]',
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      offers: Object.keys(writers),
      help: 'text, json, junit for CI systems, or github for annotations',
    },
    {
      name: 'record',
      value: 'RUN',
      offers: 'files',
      help: 'print a test file made from this run, by its id or its journal file',
    },
  ],
  async run(args) {
    const recorded = args.text('record');
    if (recorded !== undefined) {
      if (args.positionals.length > 0 || args.text('format') !== undefined) {
        throw new UsageError('--record stands alone: it prints a test file');
      }
      const {recordTest} = await import('../../authoring/record/record-test.ts');
      process.stdout.write(await recordTest(findRun(recorded, process.env)));
      return exitCodes.done;
    }
    if (args.positionals.length === 0)
      throw new UsageError('name at least one test file, or a folder of them');
    const format = args.text('format') ?? 'text';
    const write = formatIn(writers, format);
    const {runTestFile, testFilesIn} = await import('../../authoring/tests/run-tests.ts');
    const results = [];
    for (const file of testFilesIn(args.positionals)) results.push(await runTestFile(file));
    const put = format === 'text' ? lineWriter(process.env) : writeWhole;
    put(write(results));
    if (results.some(({problems}) => problems.length > 0)) return exitCodes.usage;
    const passed = results.every(({cases}) => cases.every(({failures}) => failures.length === 0));
    return passed ? exitCodes.done : exitCodes.failed;
  },
};
