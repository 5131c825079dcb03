import {configIn} from '../../cli/config/config-file.ts';
import {defaultProfile, shortConfigPath} from '../../cli/config/defaults.ts';
import {defined} from '../../data/defined.ts';
import type {Order} from '../order.ts';

/**
 * Fills in what the operator's file of defaults has for a run, and the command line and the environment leave open.
 * Throws InvalidRunbook for a file that cannot be used.
 */
export function withDefaults(order: Order, env: NodeJS.ProcessEnv): Order {
  const file = configIn(env);
  const rules = file.config?.leaveOut ?? [];
  const profile = defaultProfile(order.loaded.runbook.name, order.connection, file);
  return {
    ...order,
    connection: {...order.connection, ...defined({profile: order.connection.profile ?? profile})},
    ...defined({
      defaultProfile: profile,
      leftOut: rules.length === 0 ? undefined : {file: shortConfigPath(env), rules},
    }),
  };
}
