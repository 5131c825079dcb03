import {readFileSync} from 'node:fs';
import {reasonFor, reasons, type Reason} from './reasons.ts';
import type {Row} from './row.ts';

/** Where the rows and their results are kept. */
export const documentFile = new URL('../../../docs/identity-matrix.md', import.meta.url).pathname;
export const answersFile = new URL('cli-answers.json', import.meta.url).pathname;

/** What versions of the AWS CLI did, by version and row: requests, or the line that it ended with. */
export type CliAnswers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export function keptAnswers(): CliAnswers {
  return JSON.parse(readFileSync(answersFile, 'utf8')) as CliAnswers;
}

export function nameOf(row: Row): string {
  return `${row.source} × ${row.setting}`;
}

function refuses(all: readonly string[]): boolean {
  return all.length === 1 && all[0]?.startsWith('fails: ') === true;
}

/** Returns true if both send the same, or both send nothing and say why in words of their own. */
export function agree(one: readonly string[], other: readonly string[]): boolean {
  return one.join('\n') === other.join('\n') || (refuses(one) && refuses(other));
}

/** docs/identity-matrix.md, for what Handrail does in each row. */
export function documentOf(
  rows: readonly Row[],
  ours: readonly (readonly string[])[],
  answers: CliAnswers,
): string {
  const versions = Object.keys(answers);
  const used: Reason[] = [];
  const verdict = (row: Row, index: number, version: string): string => {
    const theirs = answers[version]?.[nameOf(row)];
    if (theirs === undefined) return '–';
    if (agree(ours[index] ?? [], theirs)) return '=';
    const reason = reasonFor(row, version);
    if (reason === undefined) return '**≠**';
    if (!used.includes(reason)) used.push(reason);
    return `≠ ${reasons.indexOf(reason) + 1}`;
  };
  const cells = rows.map((row, index) => versions.map((version) => verdict(row, index, version)));
  const sections = Map.groupBy(rows.keys(), (index) => rows[index]?.source ?? '');
  const tables = [...sections].map(([source, inside]) => {
    const lines = [...inside].map((index) => {
      const way = (ours[index] ?? []).map(code).join('<br>');
      return `| ${rows[index]?.setting ?? ''} | ${way} | ${(cells[index] ?? []).join(' | ')} |`;
    });
    return `### ${source[0]?.toUpperCase() ?? ''}${source.slice(1)}\n\n| Setting | Handrail | ${versions.join(' | ')} |\n|---|---|${versions.map(() => '---|').join('')}\n${lines.join('\n')}\n`;
  });
  const counts = versions.map((version, column) => {
    const all = cells.map((row) => row[column] ?? '–').filter((cell) => cell !== '–');
    const same = all.filter((cell) => cell === '=').length;
    return `| ${version} | ${all.length} | ${same} | ${all.length - same} |`;
  });
  const explained = reasons.flatMap((reason, index) =>
    used.includes(reason) ? [`${index + 1}. ${reason.why} (${versionsOf(reason, versions).join(', ')})`] : [],
  );
  return `# Who signs, and where: Handrail and the AWS CLI

Made by \`npm run -s identity\`. A test checks that Handrail does what this page says. Each row has a source of keys and a
setting. A recorder on this host answers under every name of AWS. The page shows the requests of one call: the key that
signs, the service and the Region that it signs for, and the host. A role's request to STS comes first. The names of
keys say where they come from: \`ASIAOPS\` are those of the role \`ops\`. Some machines of AWS are
asked at fixed addresses: tasks of ECS at 169.254.170.2, EC2 instances at 169.254.169.254. The connections of both programs
to these are led to the recorder.

There are ${rows.length} rows. \`=\` means that the AWS CLI sends the same, or refuses as well; a number is the reason of a
difference. \`–\` means that this version was not asked.

| AWS CLI | Rows asked | Same | Another |
|---|---|---|---|
${counts.join('\n')}

## Why the CLI does something else

${explained.join('\n')}

## The rows

${tables.join('\n')}`;
}

function versionsOf({versions}: Reason, all: readonly string[]): readonly string[] {
  return all.filter((version) => versions.test(version));
}

function code(request: string): string {
  return request.startsWith('fails: ') ? request : request.replace(/(?<=at )\S+|^\S+(?= signs)/g, '`$&`');
}
