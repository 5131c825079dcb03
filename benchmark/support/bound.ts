import type {Scenario} from '../../source/simulator/scenario/schema.ts';

/** Entries of a page of Image Builder's lists. */
const pageSize = 25;

/**
 * The least time that a removal can take in a scenario, in seconds, whoever does it: the calls that must follow each
 * other, and the time that builds and deletion tasks take. A change is seen to end the moment it ends. Nothing is
 * counted for starting a process, checking a write or looking at the role again.
 */
export function boundOf(scenario: Scenario): number {
  const call = scenario.latencyMs / 1000;
  const look = Math.max(...scenario.regionNames.map((region) => pagesIn(scenario, region))) * call;
  const scheduled = scenario.pipelines.some(({like}) =>
    like.some((name) => 'schedule' in (scenario.templates[name] ?? {})),
  );
  // A pipeline is read and written; a cancelled build is looked at once it has ended.
  const cancels = scenario.running.map(
    ({cancelSeconds = scenario.builds.cancelSeconds}) => Math.max(call, cancelSeconds) + call,
  );
  // EventBridge's rules can be listed beside the first look; what each of them starts is asked afterwards.
  const rules = scenario.pipelines.some((pipeline) => pipeline.rules.length > 0) ? call : 0;
  const stop = Math.max(rules, scheduled ? 2 * call : 0, ...cancels);
  const deletion = Math.max(call, scenario.deletion.taskSeconds) + call;
  const late = scenario.surprises.some(({startBuild}) => startBuild !== undefined);
  const again = late ? look + Math.max(call, scenario.builds.cancelSeconds) + call + look + deletion : 0;
  // The Regions, the first look, the changes, the last look, the deletion.
  return call + look + stop + look + deletion + again;
}

/** Pages of the longer of a Region's two lists: they are read at the same time. */
function pagesIn({everyRegion, regions, pipelines, running}: Scenario, region: string): number {
  const {manual = everyRegion.manual, finished = everyRegion.finished} = regions[region] ?? {};
  const here = (list: readonly {readonly region: string}[]): number =>
    list.filter((one) => one.region === region).length;
  return Math.max(
    1,
    Math.ceil((manual + here(pipelines)) / pageSize),
    Math.ceil((finished + here(running)) / pageSize),
  );
}
