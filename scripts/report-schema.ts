/** Writes docs/report.schema.json from the source. Usage: npm exec -- tsx scripts/report-schema.ts */
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {reportSchema} from '../source/report/model.ts';

const file = fileURLToPath(new URL('../docs/report.schema.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(z.toJSONSchema(reportSchema, {reused: 'ref'}), undefined, 2)}\n`);
process.stdout.write(`${file}\n`);
