import type {Event} from '../../engine/model/events.ts';
import {Timeline} from '../../replay/timeline.ts';
import {safeJson} from '../../text/json.ts';
import {chartHtml} from './timeline-svg.ts';
import {barsOf} from './timeline-bars.ts';
import {gridFrames} from './grid-frames.ts';
import {headingHtml, sectionsHtml} from './sections.ts';
import {escaped, section} from './html-text.ts';
import {pageOf} from './shell.ts';
import type {Report} from '../model.ts';
import {pageScript} from './page-script.ts';

/** A page that a report's page belongs to, and lies beside. */
interface Above {
  readonly page: string;
  readonly title: string;
}

/**
 * A report as one page that needs nothing else: it opens from disk, and its policy lets it ask for nothing and run
 * nothing but its own script.
 */
export function htmlOf(report: Report, events: readonly Event[], above?: Above): string {
  const timeline = new Timeline(events);
  const body = [
    ...(above === undefined
      ? []
      : [`<nav><a href="${escaped(above.page)}">${escaped(above.title)}</a></nav>`]),
    headingHtml(report),
    section('replay', 'The run', playerHtml(report, timeline)),
    section('timeline', 'Timeline', timelineHtml(report, timeline)),
    sectionsHtml(report),
  ];
  const data = `<script type="application/json" id="recording">${recording(report, timeline)}</script>`;
  return pageOf(`${report.run.runbook.title}, account ${report.caller.account}`, body, {
    script: pageScript,
    data,
  });
}

/** Returns the data that the page's script plays. */
function recording(report: Report, timeline: Timeline): string {
  const frames = gridFrames(timeline);
  const {startedAt, lastEventAt} = report.run;
  return safeJson({duration: Math.round(timeline.duration), start: startedAt, end: lastEventAt, frames});
}

function playerHtml({regions, steps}: Report, timeline: Timeline): string {
  const started = timeline.events[0];
  const outlines = started?.type === 'run-started' ? started.steps : [];
  const columns = [
    ...new Set(outlines.flatMap(({scope, column}) => (scope === 'region' ? (column ?? []) : []))),
  ];
  const heading = columns.map((column) => `<th scope="col" class="cell">${escaped(column)}</th>`).join('');
  const rows = regions.map(
    ({region}) =>
      `<tr><td title="${escaped(region)}">${escaped(region)}</td>${columns.map(() => '<td class="cell"></td>').join('')}<td><span class="sign"></span><span></span></td></tr>`,
  );
  const speeds = [1, 2, 4, 8, 16, 64].map((times) => `<option value="${times}">${times}×</option>`).join('');
  const waits = 'gaps of more than 2 s are shortened';
  return [
    '<div class="card"><div class="transport"><button id="play" type="button">Play</button>',
    `<input id="seek" type="range" min="0" max="${Math.round(timeline.duration)}" value="0" step="any" aria-label="Where in the run">`,
    `<select id="speed" aria-label="Speed">${speeds}</select></div>`,
    `<div class="doing"><strong id="doing">${steps.length} steps</strong><output id="clock" title="${waits}"></output></div>`,
    `<table><thead><tr><th scope="col">Region</th>${heading}<th scope="col">Now</th></tr></thead><tbody id="grid">`,
    ...rows,
    '</tbody></table></div>',
  ].join('');
}

const legend = [
  ['call', 'a call', 8],
  ['change', 'a change', 12],
  ['wait', 'a wait', 2],
  ['failure', 'a failure', 12],
  ['cut', 'shortened: nothing happened', 12],
] as const;

function timelineHtml({regions}: Report, timeline: Timeline): string {
  const names = regions.map(({region}) => region);
  const entries = legend.map(
    ([kind, text, height]) =>
      `<span><svg aria-hidden="true"><rect class="${kind}" width="14" y="${(12 - height) / 2}" height="${height}"/></svg>${text}</span>`,
  );
  return [
    `<div class="card">${chartHtml(timeline, barsOf(timeline, names), names)}`,
    '<p class="reader quiet" id="reader" aria-live="polite">Point at a bar, or focus the chart and use the arrow keys.</p>',
    `<div class="legend">${entries.join('')}</div></div>`,
  ].join('');
}
