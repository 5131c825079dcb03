import {RoleEntrance} from '../credentials/role-entrance.ts';
import {OfferedRegions} from '../preflight/offered-regions.ts';
import {Connection, type ConnectionOptions} from './connection.ts';

/**
 * Makes the options by which the connections of many accounts share one source of keys, the clients with their sockets, and
 * the pace at which roles are taken on. Whatever holds the keys, such as an MFA device, is asked once for all of them. Keys
 * that have ended are looked for every `lookEveryMs`.
 */
export function sharedWay(
  options: ConnectionOptions,
  lookEveryMs = 5000,
): {
  readonly options: ConnectionOptions;
  close(): void;
} {
  const base = new Connection(options);
  // The role of these options is the base's own.
  const {role: _role, mfaCode: _mfaCode, ...rest} = options;
  const entrance = new RoleEntrance(base, lookEveryMs);
  return {
    options: {
      ...rest,
      credentials: () => base.keys(),
      shared: {
        client: (service, region) => base.sharedClient(service, region),
        homeRegion: () => base.homeRegion(),
        settings: () => base.settings(),
        way: () => base.way(),
        offered: new OfferedRegions(),
        enter: (assume) => entrance.enter(assume),
        renew: () => base.renew(),
        watch: (one) => entrance.watch(one),
      },
    },
    close: () => {
      entrance.close();
      base.close();
    },
  };
}
