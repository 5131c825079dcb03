import {inRun, messageInRun, sitesIn} from '../check/shapes/expression-sites.ts';
import {boolean} from '../check/shapes/shapes.ts';
import type {Assert} from '../language/actions/assert.ts';
import type {ActionTraits} from './traits.ts';

export const assert: ActionTraits<Assert> = {
  requests: () => [],
  sites: (action, base) => [
    ...sitesIn(action, ['that'], [...base, 'assert'], {...inRun, wanted: 'boolean'}),
    ...sitesIn(action, ['message'], [...base, 'assert'], messageInRun),
  ],
  output: () => boolean,
  alongside: () => false,
};
