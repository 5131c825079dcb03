import {expect, test} from 'vitest';
import {defaultAnswer} from '../../source/authoring/rehearsal/default-answer.ts';
import {loadService} from '../../source/aws/catalogue/sdk-service.ts';
import {xmlMembers} from '../../source/aws/wire/xml.ts';
import {xmlInput} from '../../source/aws/wire/xml-input.ts';
import type {JsonObject} from '../../source/data/json.ts';

test.each(['iam', 'sts'])(
  'what is written as XML by the shapes of %s is read as it was, in every operation',
  async (name) => {
    const service = await loadService(name);
    for (const operation of service.operations()) {
      const value = defaultAnswer(service.model(operation), '2026-01-02T03:04:05.000Z');
      const schema = service.outputSchema(operation);
      expect([operation, xmlInput(schema, `<R>${xmlMembers(schema, value)}</R>`)]).toEqual([
        operation,
        value,
      ]);
    }
  },
);

test('names, maps, lists and marked characters of a request in XML are read', async () => {
  const schema = (await loadService('iam')).outputSchema('SimulatePrincipalPolicy');
  const value: JsonObject = {
    EvaluationResults: [
      {
        EvalActionName: 'a < "b" & c',
        EvalDecision: 'allowed',
        EvalDecisionDetails: {one: 'allowed', 'two&three': 'implicitDeny'},
        MissingContextValues: [],
      },
    ],
    IsTruncated: false,
    Marker: "it's\n  here",
  };
  const text = `<?xml version="1.0"?>\n<R xmlns="urn:x">${xmlMembers(schema, value)}</R>`;
  expect(xmlInput(schema, text)).toEqual(value);
  expect(
    xmlInput(schema, '<R><IsTruncated>true</IsTruncated><Marker>&#65;&#x42;&no;</Marker><New/></R>'),
  ).toEqual({
    IsTruncated: true,
    Marker: 'AB&no;',
  });
});

test.each(['', 'no XML', '<', '<R', '</R></R></R>', '<R><Marker>x', '\0'])(
  'a body that is no whole XML is read as far as it goes: %j',
  async (body) => {
    const schema = (await loadService('iam')).outputSchema('SimulatePrincipalPolicy');
    expect(xmlInput(schema, body)).toEqual(body.includes('Marker') ? {Marker: 'x'} : {});
  },
);
