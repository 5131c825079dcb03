import type {Report} from '../model.ts';
import {changesSection, undoSection} from './changes.ts';
import {confirmationsSection} from './confirmations.ts';
import {evidenceSection} from './evidence.ts';
import {failuresSection} from './failures.ts';
import {notLookedAtSection, regionsSection} from './regions.ts';
import {plannedSection, resultSections} from './result.ts';
import type {Section} from './section.ts';

/** Builds the sections of a report, in reading order. Every writer renders the same tree. */
export function sectionsOf(report: Report): readonly Section[] {
  return [
    ...resultSections(report),
    ...plannedSection(report),
    regionsSection(report),
    notLookedAtSection(report),
    confirmationsSection(report),
    changesSection(report),
    failuresSection(report),
    ...(report.changes.length === 0 ? [] : [undoSection(report)]),
    evidenceSection(report),
  ];
}
