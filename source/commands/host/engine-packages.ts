import {clientsFolder, isNotFound, requireClient} from '../../aws/catalogue/find-client.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {databasePackages, type DatabaseSdk, type Dbos, type Pg} from '../../host/dbos/sdk.ts';
import {sdkPackage, type Sdk} from '../../host/restate/sdk.ts';

/** A package that an engine needs, and the version that Handrail was tried with. */
interface EnginePackage {
  readonly name: string;
  readonly version: string;
}

/** Throws {@link UsageError} where the SDK of Restate is not installed. */
export function loadRestate(): Sdk {
  return load(sdkPackage, [sdkPackage]) as Sdk;
}

/** Throws {@link UsageError} where the packages for PostgreSQL are not installed. */
export function loadDatabaseSdk(): DatabaseSdk {
  const {dbos, pg} = databasePackages;
  return {dbos: load(dbos, [dbos, pg]) as Dbos, pg: load(pg, [dbos, pg]) as Pg};
}

function load({name}: EnginePackage, all: readonly EnginePackage[]): object {
  try {
    return requireClient(name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const folder = clientsFolder(process.env) ?? '.';
    const what = all.map((one) => `${one.name}@${one.version}`).join(' ');
    throw new UsageError(`the engine’s client is not installed here: npm install --prefix ${folder} ${what}`);
  }
}
