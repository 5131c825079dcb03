import {cell, code, table} from './markdown-text.ts';
import type {Report} from '../model.ts';
import {undoOf} from '../build/undo-hints.ts';
import {
  duration,
  faultWords,
  isQuiet,
  modeWords,
  outcomeWords,
  sourceWords,
  statusWords,
  truthWords,
  utc,
  textOf,
} from '../report-text.ts';

/** A report for a ticket. Everything that the journal says is shown as data: see markdown-text.ts. */
export function markdownOf(report: Report): string {
  const sections = [
    heading(report),
    regions(report),
    notLookedAt(report),
    confirmations(report),
    changes(report),
    failures(report),
    undo(report),
    evidence(report),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading({run, caller}: Report): readonly string[] {
  const inputs = Object.entries(run.inputs).map(([name, value]) => `${code(name)} = ${code(textOf(value))}`);
  return [
    '# Handrail run report',
    '',
    `**${statusWords(run)}.** ${code(run.message)}`,
    '',
    `- Runbook: ${code(run.runbook.title)} (${code(run.runbook.name)}, SHA-256 ${code(run.runbook.sha256)})`,
    `- Run: ${code(run.id)}, ${modeWords(run)}`,
    `- Account: ${code(caller.account)}${caller.alias === undefined ? '' : ` ${code(caller.alias)}`}, partition ${code(caller.partition)}`,
    `- Caller: ${code(caller.arn)}`,
    ...(caller.endpoint === undefined ? [] : [`- Endpoint, not AWS’s own: ${code(caller.endpoint)}`]),
    `- Time: ${utc(run.startedAt)} to ${utc(run.endedAt ?? run.lastEventAt)}, ${duration(run)}`,
    ...(run.rounds > 1 ? [`- Rounds: ${run.rounds}`] : []),
    ...run.interrupted.map(({at, signal}) => `- Interrupted: ${utc(at)} by ${code(signal)}`),
    ...run.resumed.map(({at, by}) => `- Resumed: ${utc(at)} by ${code(by)}`),
    ...(inputs.length === 0 ? [] : [`- Inputs: ${inputs.join(', ')}`]),
  ];
}

function regions({regions, regionSource, notes}: Report): readonly string[] {
  const quiet = regions.filter(isQuiet);
  const rows = regions
    .filter((region) => !isQuiet(region))
    .map((region) => [
      cell(region.region),
      cell(looks(region.found)),
      cell(looks(region.left)),
      `${truthWords[region.truth]}${region.waived === undefined ? '' : ', waived'}`,
    ]);
  const names = quiet.map(({region}) => code(region)).join(', ');
  return [
    `## Regions (${regions.length})`,
    '',
    `The list: ${sourceWords[regionSource]}.`,
    ...notes.map((note) => `Note: ${code(note)}`),
    ...(rows.length === 0 ? [] : ['', ...table(['Region', 'Found', 'Left', 'At the end'], rows)]),
    ...(quiet.length === 0 ? [] : ['', `Found clear and left clear (${quiet.length}): ${names}`]),
  ];
}

/** `Builds: 2 running; Schedules: 0 scheduled`. */
function looks(found: Report['regions'][number]['found']): string {
  return Object.entries(found)
    .map(([column, {text, inUse}]) => `${column}: ${text === '' ? inUse : text}`)
    .join('; ');
}

function notLookedAt({notLookedAt}: Report): readonly string[] {
  const lines = notLookedAt.map(({region, fault, waived}) => {
    const why =
      fault === undefined
        ? 'no reason is known'
        : `${faultWords(fault).word}: ${code(faultWords(fault).said)}`;
    const typed = waived?.typed === undefined ? '' : `, who typed ${code(waived.typed)}`;
    const who =
      waived === null ? '**nobody waived it**' : `waived ${utc(waived.at)} by ${code(waived.by)}${typed}`;
    return `- Region ${code(region)}: ${why}; ${who}`;
  });
  return [
    '## What could not be looked at',
    '',
    ...(lines.length === 0 ? ['Nothing: every Region was looked at.'] : lines),
  ];
}

function confirmations({confirmations}: Report): readonly string[] {
  const lines = confirmations.flatMap(({title, message, changes, wanted, askedAt, answer}) => [
    `- Step ${code(title)}, asked ${utc(askedAt)} about ${changes} ${changes === 1 ? 'change' : 'changes'}: ${code(message)}`,
    ...(wanted === undefined ? [] : [`  - To be typed: ${code(wanted)}`]),
    `  - ${answerText(answer)}`,
  ]);
  return ['## What was confirmed', '', ...(lines.length === 0 ? ['Nothing was asked.'] : lines)];
}

function answerText(answer: Report['confirmations'][number]['answer']): string {
  if (answer === null) return 'Not answered';
  const typed = answer.typed === undefined ? '' : `, with the words ${code(answer.typed)}`;
  const missing =
    answer.missing === undefined
      ? ''
      : `; nobody could be asked, ${code(answer.missing)} would have answered`;
  return `${answer.accepted ? 'Confirmed' : 'Declined'} ${utc(answer.at)} by ${code(answer.by)}${typed}${missing}`;
}

function changes({changes, unsettled}: Report): readonly string[] {
  const lines = changes.flatMap((change) => [
    `- ${utc(change.at)}: ${code(change.operation)}${where(change)}`,
    ...(change.members ?? []).map(
      ({name, before, after}) => `  - Member ${code(name)}: ${valueText(before)} → ${valueText(after)}`,
    ),
  ]);
  const open = unsettled.map(
    (change) =>
      `- Sent ${utc(change.at)}, and its answer is not known: ${code(change.operation)}${where(change)}`,
  );
  return [
    `## Changes (${changes.length})`,
    '',
    ...(lines.length + open.length === 0 ? ['None.'] : [...lines, ...open]),
  ];
}

function where({region, target}: {region?: string | undefined; target: string}): string {
  const on = target === '' ? '' : ` on ${code(target)}`;
  return `${on}${region === undefined ? '' : ` in ${code(region)}`}`;
}

function valueText(value: unknown): string {
  return value === undefined ? 'absent' : code(textOf(value));
}

function failures({failures, calls}: Report): readonly string[] {
  const lines = failures.flatMap((failure) => {
    const {word, said} = faultWords(failure.fault);
    return [
      `- ${utc(failure.at)}: ${code(failure.operation ?? failure.title)}${where(failure)}: ${word}, ${outcomeWords(failure)}: ${code(said)}`,
      ...(failure.usage ?? []).map(
        ({region, resource, reportedRegion}) =>
          `  - Named as in use: ${code(resource)} in ${code(region)}${reportedRegion === undefined ? '' : `, reported in ${code(reportedRegion)}`}`,
      ),
    ];
  });
  return [
    '## What failed',
    '',
    `${calls.made} calls were made, ${calls.failed} of them answered with an error.`,
    '',
    ...(lines.length === 0 ? ['Nothing failed.'] : lines),
  ];
}

function undo({changes, run}: Report): readonly string[] {
  if (changes.length === 0) return [];
  const lines = undoOf(changes).flatMap(({change, putBack}) =>
    putBack === undefined
      ? [
          `- ${code(change.operation)}${where(change)}: no picture of before; this alone cannot be taken back from the journal`,
        ]
      : [
          `- ${code(change.operation)}${where(change)}: set it back to`,
          ...putBack.map(({name, before}) => `  - Member ${code(name)}: ${valueText(before)}`),
        ],
  );
  return [
    '## How to undo',
    '',
    `${code(`handrail undo ${run.id}`)} shows what can be put back and does so when you agree. By hand, the newest first:`,
    '',
    ...lines,
  ];
}

function evidence({journal, run}: Report): readonly string[] {
  return [
    '## Evidence',
    '',
    `- Journal: ${code(journal.file)}, ${journal.records} records`,
    `- Head hash: ${code(journal.head)}`,
    ...(journal.tornBytes > 0
      ? [`- A last line of ${journal.tornBytes} bytes was torn by a crash and left out`]
      : []),
    `- Versions: ${Object.entries(run.versions)
      .map(([name, version]) => code(`${name} ${version}`))
      .join(', ')}`,
  ];
}
