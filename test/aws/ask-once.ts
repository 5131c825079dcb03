import {Connection} from '../../source/aws/connection/connection.ts';
import {awsPort} from '../../source/aws/call/aws-port.ts';

/** A process of its own, for what Node reads only at its start: asks an endpoint who is calling and prints the outcome. */
const connection = new Connection({
  endpoint: process.argv[2] ?? '',
  credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
  env: process.env,
});
const outcome = await awsPort(connection).call(
  {operation: 'sts:GetCallerIdentity', input: {}},
  new AbortController().signal,
);
process.stdout.write(JSON.stringify(outcome));
connection.close();
