import {clientsFolder, foundClients} from '../../aws/catalogue/find-client.ts';
import {shippedServices} from '../../aws/catalogue/sdk-service.ts';
import {show} from '../../text/show.ts';

interface Row {
  readonly service: string;
  /** Null for one that comes with Handrail: `handrail --version --verbose` has its version. */
  readonly version: string | null;
  /** The folder that has it; null for one that comes with Handrail. */
  readonly folder: string | null;
}

/** Formats the clients that a runbook can call here, with the place of each. */
export function clientList(json: boolean): string {
  const shipped = shippedServices();
  const rows: readonly Row[] = [
    ...shipped.map((service) => ({service, version: null, folder: null})),
    ...foundClients(process.env).filter(({service}) => !shipped.includes(service)),
  ];
  if (json) return `${JSON.stringify(rows, undefined, 2)}\n`;
  const width = Math.max(...rows.map(({service}) => service.length));
  const lines = rows.map(({service, version, folder}) => {
    const place = folder === null ? 'comes with Handrail' : `${version} in ${folder}`;
    return `${show(service).padEnd(width)}  ${show(place)}\n`;
  });
  const folder = clientsFolder(process.env);
  const more =
    folder === undefined
      ? 'There is no home folder to add others to: set HOME or XDG_DATA_HOME to a full path.'
      : `handrail clients add SERVICE installs others into ${folder}.`;
  return `${lines.join('')}\n${show(more)}\n`;
}
