import {closestName} from '../../../text/closest-name.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';
import {nameInRegionLists, servicesWithRegions} from '../services-with-regions.ts';

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
