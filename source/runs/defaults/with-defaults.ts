import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import {configIn} from '../../cli/config/config-file.ts';
import {defaultProfile, shortConfigPath} from '../../cli/config/defaults.ts';
import {defined} from '../../data/defined.ts';
import type {FleetDefaults} from '../../fleet/events.ts';
import type {Order} from '../order.ts';

/**
 * Fills in what the operator's file of defaults has for a run, and the command line and the environment leave open.
 * Throws InvalidRunbook for a file that cannot be used.
 */
export function withDefaults(order: Order, env: NodeJS.ProcessEnv): Order {
  const {file, profile, leaveOut} = defaultsFor(order.loaded.runbook.name, order.connection, env) ?? {
    file: '',
  };
  return {
    ...order,
    connection: {...order.connection, ...defined({profile: order.connection.profile ?? profile})},
    ...defined({
      defaultProfile: profile,
      leftOut: leaveOut && {file, rules: leaveOut},
    }),
  };
}

/** Returns what the file of defaults has for a runbook; undefined when that is nothing. Throws InvalidRunbook. */
export function defaultsFor(
  runbook: string,
  connection: ConnectionOptions,
  env: NodeJS.ProcessEnv,
): FleetDefaults | undefined {
  const file = configIn(env);
  const {leaveOut = []} = file.config ?? {};
  const profile = defaultProfile(runbook, connection, file);
  if (profile === undefined && leaveOut.length === 0) return undefined;
  return {
    file: shortConfigPath(env),
    ...defined({profile, leaveOut: leaveOut.length === 0 ? undefined : leaveOut}),
  };
}
