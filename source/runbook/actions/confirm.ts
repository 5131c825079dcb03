import {inRun, messageInRun, sitesIn} from '../check/shapes/expression-sites.ts';
import {boolean} from '../check/shapes/shapes.ts';
import type {Confirm} from '../language/actions/confirm.ts';
import type {ActionTraits} from './traits.ts';

export const confirm: ActionTraits<Confirm> = {
  requests: () => [],
  sites: (action, base) => [
    ...sitesIn(action, ['message'], [...base, 'confirm'], messageInRun),
    ...sitesIn(action, ['typeToConfirm'], [...base, 'confirm'], {...inRun, wanted: 'text'}),
  ],
  output: () => boolean,
  nothingWhere: () => 'where there was nothing to agree to',
  alongside: () => false,
};
