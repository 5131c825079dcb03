import {closestName} from '../../../text/closest-name.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';
import {nameInRegionLists, servicesWithRegions} from '../services-with-regions.ts';

/** Warns of Region steps of a runbook that says neither which Regions they visit nor whose. */
export function noRegionsRule({runbook, places}: CheckContext): readonly Problem[] {
  const first = runbook.steps.findIndex(({scope}) => scope === 'region');
  if (first < 0 || runbook.regionsOf !== undefined || runbook.regions !== undefined) return [];
  return [
    places.atPath(
      ['steps', first, 'scope'],
      'every Region of the account is visited, also those without the service: name the service with regionsOf',
    ),
  ];
}

/**
 * Warns of a service that AWS's lists of Regions do not name so: then every Region of the account is visited. It is
 * no error, for the lists grow without Handrail and more Regions than needed are looked at.
 */
export function regionsOfRule({runbook, places}: CheckContext): readonly Problem[] {
  const service = runbook.regionsOf;
  if (service === undefined || servicesWithRegions.has(service)) return [];
  return [
    places.atPath(
      ['regionsOf'],
      `Handrail knows no service ${service} in AWS's lists of Regions; ` +
        'if AWS has no such list, every Region of the account is visited',
      nameInRegionLists(service) ?? closestName(service, servicesWithRegions),
    ),
  ];
}
