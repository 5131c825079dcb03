import {inRun, sitesIn} from '../check/shapes/expression-sites.ts';
import {boolean} from '../check/shapes/shapes.ts';
import type {Pause} from '../language/actions/pause.ts';
import type {ActionTraits} from './traits.ts';

export const pause: ActionTraits<Pause> = {
  requests: () => [],
  sites: (action, base) => [
    ...sitesIn(action, ['for'], [...base, 'pause'], {...inRun, wanted: 'duration'}),
    ...sitesIn(action, ['until'], [...base, 'pause'], {...inRun, wanted: 'time'}),
  ],
  output: () => boolean,
  alongside: () => false,
};
