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

/** Refuses a service that AWS's lists of Regions name otherwise: every Region of the account would be visited. */
export function regionsOfRule({runbook, places}: CheckContext): readonly Problem[] {
  const service = runbook.regionsOf;
  const meant = service === undefined ? undefined : namedOtherwise(service);
  if (service === undefined || meant === undefined) return [];
  return [places.atPath(['regionsOf'], `AWS's lists of Regions have no service ${service}`, meant)];
}

/** Warns of a service that Handrail does not know. It is no error, for the lists grow without Handrail. */
export function newServiceRule({runbook, places}: CheckContext): readonly Problem[] {
  const service = runbook.regionsOf;
  if (service === undefined || servicesWithRegions.has(service)) return [];
  if (namedOtherwise(service) !== undefined) return [];
  return [
    places.atPath(
      ['regionsOf'],
      `Handrail knows no service ${service} in AWS's lists of Regions; ` +
        'if AWS has no such list, every Region of the account is visited',
    ),
  ];
}

/** Returns the listed name of a service that is mistyped, or called by another of its names. */
function namedOtherwise(service: string): string | undefined {
  if (servicesWithRegions.has(service)) return undefined;
  // Short names are all alike: one letter more may be another service.
  const most = service.length < 6 ? 0 : 2;
  return nameInRegionLists(service) ?? closestName(service, servicesWithRegions, most);
}
