import type {Surprise} from './scenario/schema.ts';
import {pipelineMembers} from './services/imagebuilder/pipeline-members.ts';
import type {AccountState} from './state/account-state.ts';
import {isRunning} from './state/build-status.ts';
import {regionOf} from './state/region-of.ts';
import {newRole} from './state/role.ts';
import {startBuild} from './state/start-build.ts';

/** Lets an account's surprises happen: call it with each request's operation just before the request is handled. */
export function surpriser(account: AccountState): (operation: string, now: number) => void {
  return (operation, now) => {
    for (const entry of account.surprises) {
      if (entry.surprise.upon !== operation) continue;
      entry.seen += 1;
      if (entry.seen === entry.surprise.nth) happen(account, entry.surprise, now);
    }
  };
}

function happen(account: AccountState, surprise: Surprise, now: number): void {
  if (surprise.startBuild !== undefined) startBuild(account, surprise.startBuild, now);
  if (surprise.endBuild !== undefined) {
    const {region, name} = surprise.endBuild;
    for (const [arn, build] of regionOf(account, region).builds) {
      if (build.name !== name || !isRunning(build, now)) continue;
      regionOf(account, region).builds.set(arn, {
        ...build,
        progress: {kind: 'finished', status: 'AVAILABLE'},
      });
    }
  }
  if (surprise.deletePipeline !== undefined) {
    const {region, name} = surprise.deletePipeline;
    const {pipelines} = regionOf(account, region);
    for (const pipeline of pipelines.values()) {
      if (pipeline.name === name) pipelines.delete(pipeline.arn);
    }
  }
  if (surprise.changePipeline !== undefined) {
    const {region, name, with: members} = surprise.changePipeline;
    for (const pipeline of regionOf(account, region).pipelines.values()) {
      if (pipeline.name !== name) continue;
      const written = Object.entries({...pipeline.members, ...members}).filter(([, value]) => value !== null);
      pipeline.members = pipelineMembers.parse(Object.fromEntries(written));
      pipeline.updatedAt = now;
    }
  }
  if (surprise.suspendAccount !== undefined) {
    const member = account.organization?.members.get(surprise.suspendAccount);
    if (member !== undefined) member.state = 'SUSPENDED';
  }
  if (surprise.deleteRole === true) account.role = undefined;
  if (surprise.recreateRole === true) account.role ??= newRole(now, account.scenario.role.description);
}
