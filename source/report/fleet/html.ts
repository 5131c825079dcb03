import {headHtml, sectionHtml} from '../html/sections.ts';
import {pageOf} from '../html/shell.ts';
import type {FleetReport} from './model.ts';
import {fleetHeading, fleetSections} from './sections.ts';

/** Writes a fleet's report as one page without a script. It links to the page of each account, which lies beside it. */
export function fleetHtml(report: FleetReport): string {
  const body = [headHtml(fleetHeading(report), report.simulation), ...fleetSections(report).map(sectionHtml)];
  return pageOf(`${report.runbook.title}, fleet ${report.fleet}`, body);
}
