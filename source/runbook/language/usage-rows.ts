import {isObject, type Json} from '../../data/json.ts';
import {isList} from '../expression/data.ts';

/** A resource that blocks the awaited event. */
interface UsageRow {
  /** The Region on whose row it belongs. */
  readonly region: string;
  readonly resource: string;
  /** The Region that the service reported, when it is another one. */
  readonly reportedRegion?: string;
}

/** Returns the rows that a `failure.usage` gave; entries without a resource are left out. */
export function usageRows(listed: Json): readonly UsageRow[] {
  if (!isList(listed)) return [];
  return listed.flatMap((entry) => {
    if (!isObject(entry)) return [];
    const {region = null, reportedRegion = null, resource = null, Resources = null} = entry;
    if (isList(Resources)) return earlierRows(entry['Region'] ?? null, Resources);
    return rowOf(region, resource, reportedRegion);
  });
}

/**
 * Returns the rows of a RoleUsageList as IAM gives it: the runbooks of version 0.1.0, which old journals hold, passed
 * it on as it came.
 */
function earlierRows(reported: Json, resources: readonly Json[]): readonly UsageRow[] {
  return resources.flatMap((resource) => {
    const ofArn = typeof resource === 'string' && resource.startsWith('arn:') ? resource.split(':')[3] : '';
    return rowOf(ofArn === undefined || ofArn === '' ? reported : ofArn, resource, reported);
  });
}

function rowOf(region: Json, resource: Json, reported: Json): readonly UsageRow[] {
  if (typeof resource !== 'string') return [];
  const row = {region: typeof region === 'string' ? region : '', resource};
  const differs = typeof reported === 'string' && reported !== '' && reported !== row.region;
  return [differs ? {...row, reportedRegion: reported} : row];
}
