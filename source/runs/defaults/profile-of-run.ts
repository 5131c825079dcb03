import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import {callerInEnvironment} from '../../cli/config/defaults.ts';
import type {RunState} from '../../engine/model/state.ts';

/** A run that was started with a profile of the operator's defaults goes on with it, whatever they say by now. */
export function withProfileOf({started}: RunState, connection: ConnectionOptions): ConnectionOptions {
  return withProfile(started?.defaultProfile, connection);
}

/** Returns the options with a profile, unless they or the environment say who is calling. */
export function withProfile(profile: string | undefined, connection: ConnectionOptions): ConnectionOptions {
  const {env = {}} = connection;
  if (profile === undefined || connection.profile !== undefined || callerInEnvironment(env) !== undefined)
    return connection;
  return {...connection, profile};
}
