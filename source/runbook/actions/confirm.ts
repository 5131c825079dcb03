import {inRun, sitesIn} from '../check/shapes/expression-sites.ts';
import {boolean} from '../check/shapes/shapes.ts';
import type {Confirm} from '../language/actions/confirm.ts';
import type {ActionTraits} from './traits.ts';

export const confirm: ActionTraits<Confirm> = {
  requests: () => [],
  sites: (action, base) =>
    ['message', 'typeToConfirm'].flatMap((member) => sitesIn(action, [member], [...base, 'confirm'], inRun)),
  output: () => boolean,
  alongside: () => false,
};
