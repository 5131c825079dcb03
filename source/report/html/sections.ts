import {code, escaped, facts, list, section} from './html-text.ts';
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

/** The head of the page: what came of which run, as whom, on which account. */
export function headingHtml({run, caller, regions, changes, journal}: Report): string {
  const good = run.status === 'done' || run.status === 'planned';
  const tone = good ? 'good' : run.status === 'failed' || run.status === 'blocked' ? 'bad' : 'warn';
  const mode = `<span class="badge${run.simulation ? '' : ' bad'}">${escaped(modeWords(run))}</span>`;
  const inputs = Object.entries(run.inputs).map(([name, value]) => `${code(name)} = ${code(textOf(value))}`);
  const entries: (readonly [string, string])[] = [
    ['Run', code(run.id)],
    [
      'Account',
      `${code(caller.account)}${caller.alias === undefined ? '' : ` ${escaped(caller.alias)}`}, ${escaped(caller.partition)}`,
    ],
    ['Caller', code(caller.arn)],
    ...(caller.endpoint === undefined
      ? []
      : [['Endpoint', `${code(caller.endpoint)}, not AWS’s own`] as const]),
    ['Began', `${utc(run.startedAt)}`],
    ['Took', `${duration(run)}${run.rounds > 1 ? `, ${run.rounds} rounds` : ''}`],
    ['Regions', `${regions.length}`],
    ['Changes', `${changes.length}`],
    ...(inputs.length === 0 ? [] : [['Inputs', inputs.join(', ')] as const]),
    ...run.interrupted.map(({at, signal}) => ['Interrupted', `${utc(at)} by ${escaped(signal)}`] as const),
    ...run.resumed.map(({at, by}) => ['Resumed', `${utc(at)} by ${code(by)}`] as const),
    ['Head hash', code(journal.head)],
  ];
  return [
    `<header><p>${mode}</p><h1>${escaped(run.runbook.title)}</h1>`,
    `<p><strong class="${tone}">${escaped(statusWords(run))}.</strong> ${escaped(run.message)}</p>`,
    `${facts(entries)}</header>`,
  ].join('');
}

/** What follows the chart. */
export function sectionsHtml(report: Report): string {
  return [
    section('regions', 'Regions', regions(report)),
    section('unknown', 'What could not be looked at', notLookedAt(report)),
    section('confirmed', 'What was confirmed', confirmations(report)),
    section('changes', `Changes (${report.changes.length})`, changes(report)),
    section('failed', 'What failed', failures(report)),
    ...(report.changes.length === 0 ? [] : [section('undo', 'How to undo', undo(report))]),
    section('evidence', 'Evidence', evidence(report)),
  ].join('\n');
}

function regions({regions, regionSource, notes}: Report): string {
  const quiet = regions.filter(isQuiet);
  const noted = regions
    .filter((region) => !isQuiet(region))
    .map((region) => {
      const waived = region.waived === undefined ? '' : ', waived';
      return `<strong>${escaped(region.region)}</strong>: ${truthWords[region.truth]}${waived}<br><span class="quiet">found ${escaped(looks(region.found))}; left ${escaped(looks(region.left))}</span>`;
    });
  const names = quiet.map(({region}) => escaped(region)).join(', ');
  const rest = quiet.length === 0 ? '' : `<p>Found clear and left clear (${quiet.length}): ${names}</p>`;
  const said = notes.map((note) => `<p>${escaped(note)}</p>`).join('');
  return `<p class="quiet">The list: ${escaped(sourceWords[regionSource])}.</p>${said}${list(noted, 'Every Region was clear from the start.')}${rest}`;
}

function looks(found: Report['regions'][number]['found']): string {
  const parts = Object.entries(found).map(
    ([column, {text, inUse}]) => `${column} ${text === '' ? inUse : text}`,
  );
  return parts.length === 0 ? 'nothing: it was not looked at' : parts.join(', ');
}

function notLookedAt({notLookedAt}: Report): string {
  const items = notLookedAt.map(({region, fault, waived}) => {
    const why =
      fault === undefined
        ? 'no reason is known'
        : `${escaped(faultWords(fault).word)}: ${code(faultWords(fault).said)}`;
    const typed = waived?.typed === undefined ? '' : `, who typed ${code(waived.typed)}`;
    const who =
      waived === null
        ? '<strong class="bad">nobody waived it</strong>'
        : `waived ${utc(waived.at)} by ${escaped(waived.by)}${typed}`;
    return `<strong>${escaped(region)}</strong>: ${why}; ${who}`;
  });
  return list(items, 'Nothing: every Region was looked at.');
}

function confirmations({confirmations}: Report): string {
  const items = confirmations.map(({title, message, changes, wanted, askedAt, answer}) => {
    const about = changes === 1 ? '1 change' : `${changes} changes`;
    const typing = wanted === undefined ? '' : `<br>To be typed: ${code(wanted)}`;
    return `<strong>${escaped(title)}</strong>, asked ${utc(askedAt)} about ${about}: ${escaped(message)}${typing}<br>${answerHtml(answer)}`;
  });
  return list(items, 'Nothing was asked.');
}

function answerHtml(answer: Report['confirmations'][number]['answer']): string {
  if (answer === null) return '<span class="warn">Not answered</span>';
  const typed = answer.typed === undefined ? '' : `, with the words ${code(answer.typed)}`;
  const missing =
    answer.missing === undefined
      ? ''
      : `; nobody could be asked, ${code(answer.missing)} would have answered`;
  const word = answer.accepted ? '<span class="good">Confirmed</span>' : '<span class="warn">Declined</span>';
  return `${word} ${utc(answer.at)} by ${escaped(answer.by)}${typed}${missing}`;
}

function changes({changes, unsettled}: Report): string {
  const made = changes.map((change) => {
    const members = (change.members ?? []).map(
      ({name, before, after}) => `${code(name)}: ${valueHtml(before)} → ${valueHtml(after)}`,
    );
    return `${utc(change.at)} ${code(change.operation)}${where(change)}${members.length === 0 ? '' : list(members, '')}`;
  });
  const open = unsettled.map(
    (change) =>
      `${utc(change.at)} ${code(change.operation)}${where(change)}: <strong class="bad">sent, and its answer is not known</strong>`,
  );
  return list([...made, ...open], 'None.');
}

function where({region, target}: {region?: string | undefined; target: string}): string {
  const on = target === '' ? '' : ` on ${code(target)}`;
  return `${on}${region === undefined ? '' : ` in ${escaped(region)}`}`;
}

function valueHtml(value: unknown): string {
  return value === undefined ? '<span class="quiet">absent</span>' : code(textOf(value));
}

function failures({failures, calls}: Report): string {
  const items = failures.map((failure) => {
    const {word, said} = faultWords(failure.fault);
    const named = (failure.usage ?? []).map(({region, resource, reportedRegion}) => {
      const reported = reportedRegion === undefined ? '' : `, reported in ${escaped(reportedRegion)}`;
      return `Named as in use: ${code(resource)} in ${escaped(region)}${reported}`;
    });
    return `${utc(failure.at)} ${escaped(failure.operation ?? failure.title)}${where(failure)}: ${escaped(word)}, ${outcomeWords(failure)}: ${code(said)}${named.length === 0 ? '' : list(named, '')}`;
  });
  return `<p class="quiet">${calls.made} calls were made, ${calls.failed} of them answered with an error.</p>${list(items, 'Nothing failed.')}`;
}

function undo({changes, run}: Report): string {
  const items = undoOf(changes).map(({change, putBack}) => {
    const what = `${code(change.operation)}${where(change)}`;
    if (putBack === undefined) {
      return `${what}: <span class="warn">no picture of before; this alone cannot be taken back from the journal</span>`;
    }
    return `${what}: set it back to${list(
      putBack.map(({name, before}) => `${code(name)}: ${valueHtml(before)}`),
      '',
    )}`;
  });
  return `<p>${code(`handrail undo ${run.id}`)} shows what can be put back and does so when you agree.</p><details><summary>By hand: ${items.length} changes, the newest first</summary>${list(items, '')}</details>`;
}

function evidence({journal, run}: Report): string {
  const versions = Object.entries(run.versions).map(([name, version]) => code(`${name} ${version}`));
  return facts([
    ['Journal', `${code(journal.file)}, ${journal.records} records`],
    ['Head hash', code(journal.head)],
    ['Runbook', `${code(run.runbook.name)}, SHA-256 ${code(run.runbook.sha256)}`],
    ['Versions', versions.join(', ')],
    ...(journal.tornBytes > 0
      ? [['Torn', `a last line of ${journal.tornBytes} bytes was left out`] as const]
      : []),
  ]);
}
