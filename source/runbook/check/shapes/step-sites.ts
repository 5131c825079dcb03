import {traitsOf} from '../../actions/actions.ts';
import type {Step} from '../../language/step.ts';
import type {Path} from '../../load/source-positions.ts';
import {
  forItem,
  inRun,
  messageInRun,
  numberInRun,
  sitesIn,
  type Site,
  type SiteKind,
} from './expression-sites.ts';

/** Every expression of a step, by the part of the step that it stands in. */
export function sitesOf(step: Step, base: Path): readonly Site[] {
  const at = (path: Path, kind: SiteKind): readonly Site[] => sitesIn(step, path, base, kind);
  return [
    ...at(['group', 'when'], {...inRun, wanted: 'boolean', isWhen: 'group'}),
    ...at(['when'], {...inRun, wanted: 'boolean', isWhen: 'step'}),
    ...at(['forEach'], {...inRun, wanted: 'list', agreed: 'list'}),
    ...at(['label'], {...forItem, agreed: 'value'}),
    ...(['size', 'canary', 'stopAfterFailures'] as const).flatMap((name) => at(['batch', name], numberInRun)),
    ...at(['batch', 'pause'], {...inRun, wanted: 'duration'}),
    ...traitsOf(step.action).sites(step.action, base),
    ...at(['summary'], {...messageInRun, root: 'output'}),
    ...at(['inUse'], {...inRun, root: 'output', wanted: 'list'}),
    ...(step.retry ?? []).flatMap((_, index) => [
      ...at(['retry', index, 'intervalSeconds'], numberInRun),
      ...at(['retry', index, 'maxDelaySeconds'], numberInRun),
    ]),
    ...(step.catch ?? []).flatMap((_, index) => [
      ...at(['catch', index, 'waitSeconds'], numberInRun),
      ...at(['catch', index, 'message'], messageInRun),
      ...at(['catch', index, 'output'], forItem),
    ]),
  ];
}
