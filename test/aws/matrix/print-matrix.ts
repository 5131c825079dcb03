import {writeFileSync} from 'node:fs';
import {askCli, awsCli} from './aws-cli.ts';
import {askHandrail} from './ask-handrail.ts';
import {agree, answersFile, documentFile, documentOf, keptAnswers, nameOf} from './document.ts';
import {startRecorder} from './recorder.ts';
import {matrix} from './rows.ts';

/**
 * Makes docs/identity-matrix.md: `npm run -s identity`. Asks the AWS CLI on the path, too, with `-- --cli`; that takes
 * minutes. The answers of other versions are kept.
 */
const rows = matrix();
const recorder = await startRecorder();
const cli = process.argv.includes('--cli') ? awsCli() : undefined;
let answers = keptAnswers();
if (cli !== undefined) {
  const theirs = await askCli(cli, rows, recorder);
  answers = {
    ...answers,
    [cli.version]: Object.fromEntries(rows.map((row, index) => [nameOf(row), theirs[index] ?? []])),
  };
  writeFileSync(answersFile, `${JSON.stringify(answers, null, 1)}\n`);
}
const ours = await askHandrail(rows, recorder);
await recorder.close();
writeFileSync(documentFile, documentOf(rows, ours, answers));
const wrong = rows.filter((row, index) => !agree(row.expected, ours[index] ?? []));
process.stdout.write(wrong.map((row) => `not as expected: ${nameOf(row)}\n`).join(''));
process.exitCode = wrong.length === 0 ? 0 : 1;
