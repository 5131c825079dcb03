import {testJsonSchema} from '../authoring/tests/language.ts';
import {jsonSchemaOf} from '../runbook/language/json-schema.ts';
import {languageReference} from '../runbook/language/language-reference.ts';
import type {Arguments, Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {UsageError} from '../cli/usage-error.ts';
import {policyJsonSchema} from '../runs/policy/language.ts';

export const schemaCommand: Command = {
  name: 'schema',
  purpose: 'print the JSON Schema of runbook files, for editors',
  usage: '[options]',
  options: [
    {name: 'step-list', help: 'print that of a file of shared steps instead'},
    {name: 'test', help: 'print that of a test file instead'},
    {name: 'policy', help: 'print that of a policy file instead'},
    {name: 'reference', help: 'print the language reference instead, in Markdown'},
  ],
  async run(args) {
    if (args.positionals.length > 0) throw new UsageError('schema takes no arguments');
    if (args.flag('reference')) {
      process.stdout.write(languageReference());
      return exitCodes.done;
    }
    process.stdout.write(`${JSON.stringify(schemaFor(args), undefined, 2)}\n`);
    return exitCodes.done;
  },
};

function schemaFor(args: Arguments): object {
  if (args.flag('test')) return testJsonSchema();
  if (args.flag('policy')) return policyJsonSchema();
  return jsonSchemaOf(args.flag('step-list') ? 'step-list' : 'runbook');
}
