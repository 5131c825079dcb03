import {writeFileSync} from 'node:fs';
import {askCli, awsCli} from './aws-cli.ts';
import {askHandrail} from './ask-handrail.ts';
import {agree, answersFile, documentFile, documentOf, keptAnswers, nameOf} from './document.ts';
import {startRecorder} from './recorder.ts';
import {matrix} from './rows.ts';

/**
 * Makes docs/identity-matrix.md: `npm run -s identity`. Asks the AWS CLI on the path, too, with `-- --cli`; that takes
 * minutes; `-- --cli-new` asks it for the rows that it has not answered yet. The answers of other versions are kept.
 */
const rows = matrix();
const recorder = await startRecorder();
const [all, some] = ['--cli', '--cli-new'].map((option) => process.argv.includes(option));
const cli = all === true || some === true ? awsCli() : undefined;
let answers = keptAnswers();
if (cli !== undefined) {
  const known = all === true ? {} : (answers[cli.version] ?? {});
  const asked = rows.filter((row) => known[nameOf(row)] === undefined);
  const theirs = await askCli(cli, asked, recorder);
  const found = Object.fromEntries(asked.map((row, index) => [nameOf(row), theirs[index] ?? []]));
  answers = {
    ...answers,
    [cli.version]: Object.fromEntries(
      rows.map((row) => [nameOf(row), found[nameOf(row)] ?? known[nameOf(row)] ?? []]),
    ),
  };
  writeFileSync(answersFile, `${JSON.stringify(answers, null, 1)}\n`);
}
const ours = await askHandrail(rows, recorder);
await recorder.close();
writeFileSync(documentFile, documentOf(rows, ours, answers));
const wrong = rows.filter((row, index) => !agree(row.expected, ours[index] ?? []));
process.stdout.write(wrong.map((row) => `not as expected: ${nameOf(row)}\n`).join(''));
process.exitCode = wrong.length === 0 ? 0 : 1;
