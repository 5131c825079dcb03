import {headMarkdown, sectionMarkdown} from '../markdown/markdown.ts';
import type {FleetReport} from './model.ts';
import {fleetHeading, fleetSections} from './sections.ts';

/** Writes a fleet's report in Markdown, for a ticket. */
export function fleetMarkdown(report: FleetReport): string {
  const head = headMarkdown('Handrail fleet report', fleetHeading(report));
  return `${[head, ...fleetSections(report).map(sectionMarkdown)].join('\n\n')}\n`;
}
