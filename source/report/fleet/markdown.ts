import {count} from '../../wording/fault-text.ts';
import {cell, code, table} from '../markdown/markdown-text.ts';
import {utc} from '../report-text.ts';
import type {FleetReport, ReportedAccount} from './model.ts';

/** Writes a fleet's report in Markdown, for a ticket. */
export function fleetMarkdown(report: FleetReport): string {
  const {accounts, runbook, skipped, waves, journal} = report;
  const unknown = accounts.filter((account) => account.unknown.length > 0);
  const lines = [
    `# ${runbook.title}`,
    '',
    `**${report.status ?? 'not ended'}**: ${code(report.message)}`,
    '',
    `- Fleet ${code(report.fleet)}, runbook ${code(runbook.name)}, SHA-256 ${code(runbook.sha256)}`,
    `- Caller ${code(report.caller)}`,
    `- ${utc(report.startedAt)} to ${utc(report.lastEventAt)}`,
    ...(report.mode === 'plan' ? ['- A plan: nothing was changed'] : []),
    '',
    `## ${count(accounts.length, 'account')}`,
    '',
    ...table(
      ['Account', 'Name', 'Wave', 'Standing', 'Changes', 'Message', 'Run', 'Head'],
      accounts.map(accountRow),
    ),
    ...section(
      'Regions that could not be checked',
      unknown.map(({id, unknown: regions}) => `- ${code(id)}: ${regions.map(code).join(', ')}`),
    ),
    ...section(
      'Consents',
      waves.map((wave) => {
        const what = Object.entries(wave.changes).map(
          ([operation, times]) => `${times} × ${code(operation)}`,
        );
        const typed = wave.typed === null ? '' : `, who typed ${code(wave.typed)}`;
        const answer =
          wave.accepted === null
            ? 'not answered'
            : `${wave.accepted ? 'agreed to' : 'declined'} by ${code(wave.by ?? '')}${typed}`;
        const where = wave.accounts.map(code).join(', ');
        return `- Wave ${wave.wave}: ${what.join(', ')} in ${where}: ${answer}; consent ${code(wave.digest)}`;
      }),
    ),
    ...section(
      'Accounts left alone',
      skipped.map(
        ({id, name = '', why}) => `- ${code(id)} ${name === '' ? '' : `${code(name)} `}${code(why)}`,
      ),
    ),
    '',
    '## Journal',
    '',
    `${code(journal.file)}, ${count(journal.records, 'record')}, head ${code(journal.head)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function accountRow({
  id,
  name = '',
  wave,
  standing,
  shown,
  made,
  message,
  run,
  head,
  unreadable,
}: ReportedAccount): readonly string[] {
  const changes = made === 0 ? `${shown} shown` : `${made} made`;
  return [
    cell(id),
    cell(name),
    cell(wave === undefined ? '' : String(wave)),
    cell(standing),
    cell(changes),
    cell(unreadable ?? message),
    cell(run ?? ''),
    cell(head ?? ''),
  ];
}
