import * as fc from 'fast-check';
import {renderToString} from 'ink';
import {describe, expect, test} from 'vitest';
import type {PlannedChange} from '../../source/engine/model/events.ts';
import type {Identity} from '../../source/engine/model/identity.ts';
import {cutAlike} from '../../source/text/cut-alike.ts';
import {lineText, lineWidth} from '../../source/text/line.ts';
import {width} from '../../source/text/width.ts';
import {planLines} from '../../source/wording/decision/change-lines.ts';
import {whoseLine} from '../../source/ui/home/whose.ts';
import {Header} from '../../source/ui/run/header.tsx';
import {faultText, faultWord, shortFaultText} from '../../source/wording/fault-text.ts';
import {looked, start} from './run-fixture.ts';

const caller: Identity = {
  account: '123456789012',
  alias: 'acme-corporation-emea-production-images-and-media-workloads-01',
  arn: 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_PlatformEngineeringAdmin_0123456789abcdef/max.featherstonehaugh@subsidiary.example.com',
  partition: 'aws',
};

function header(columns: number, rows: number, identity = caller): string {
  const {state} = looked();
  if (state.started === undefined) throw new Error('not started');
  const long = {...state, started: {...state.started, identity}};
  const tree = <Header state={long} now={start} columns={columns} rows={rows} />;
  return renderToString(tree, {columns: 100}).split('\n')[1]?.trimEnd() ?? '';
}

describe('an account and a caller with long names', () => {
  test('are both in the header, with what tells them apart', () => {
    expect(header(80, 2)).toBe(
      ' 123456789012 acme-co…dia-workloads-01  ·  Platf…neeringAdmin/max.featherstoneh…',
    );
    expect(header(40, 3)).toBe(' 123456789012  ·  Pla…gAdmin/max.feathe…');
  });

  test.each([80, 60])('of 60 characters are cut, and never left out, in %d columns', (columns) => {
    const who = 'platform-engineering-administrators-of-images/kim@example.com';
    const arn = `arn:aws:sts::123456789012:assumed-role/${who}`;
    const shown = header(columns, 2, {...caller, alias: 'prod-images', arn});
    expect(shown).toMatch(/^ 123456789012 .*  ·  plat.*….*\/kim@/);
    expect(width(shown)).toBeLessThanOrEqual(columns);
    const parts = ['123456789012 prod-images', who, 'profile prod', 'http://127.0.0.1:41879'];
    const home = lineText(whoseLine({kind: 'known', account: '123456789012', parts}, columns));
    expect(home).toMatch(/^ 123456789012 .*  ·  platform-.*….*\.com$/);
    expect(width(home)).toBeLessThanOrEqual(columns);
  });
});

const change = (name: string): PlannedChange => ({
  step: 'schedules',
  title: 'Set schedules to manual',
  region: 'ap-southeast-1',
  operation: 'imagebuilder:UpdateImagePipeline',
  target: `arn:aws:imagebuilder:ap-southeast-1:123456789012:image-pipeline/${name}`,
  detail: 'schedule cron(0 3 * * ? *) removed',
});

describe('changes of long names', () => {
  const names = Array.from(
    {length: 10},
    (_, index) =>
      `platform-engineering-golden-image-amazon-linux-${2010 + index}-arm64-production-eu-nightly`,
  );

  test('differ on a screen of 80 columns, and say what becomes of them', () => {
    const [, ...rows] = planLines({changes: names.map(change)}, 80);
    expect(new Set(rows.map(lineText)).size).toBe(names.length);
    for (const [index, row] of rows.entries()) {
      expect(lineWidth(row)).toBeLessThanOrEqual(80);
      expect(lineText(row)).toContain(String(2010 + index));
      expect(lineText(row)).toContain('schedule cron(0 3 * * ? *) to be removed');
    }
  });

  test('stand above a request that is too long to stand beside them, and that is shown whole', () => {
    const detail = Array.from({length: 20}, (_, index) => `Member${index} value-${index}`).join(', ');
    const [, above, ...below] = planLines({changes: [{...change('nightly'), detail}]}, 80);
    expect(lineText(above ?? [])).toContain('nightly');
    expect(below.map((line) => lineText(line).trim()).join(' ')).toBe(detail);
    for (const line of below) expect(lineWidth(line)).toBeLessThanOrEqual(80);
  });

  test('stay different wherever there is room for the difference, and never take more than there is', () => {
    const part = fc.string({unit: fc.constantFrom('a', 'b', '-', 'ü', '日', '👩‍🚒'), maxLength: 30});
    const differences = fc.uniqueArray(
      fc.string({unit: fc.constantFrom('x', 'y', 'z'), minLength: 3, maxLength: 3}),
      {
        minLength: 2,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(
        part,
        part,
        differences,
        fc.integer({min: 12, max: 60}),
        (before, after, middles, columns) => {
          const texts = middles.map((middle) => `${before}${middle}${after}`);
          const shown = texts.map(cutAlike(texts, columns));
          expect(new Set(shown).size).toBe(texts.length);
          expect(Math.max(...shown.map(width))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

describe('a denial', () => {
  const fault = {
    kind: 'denied',
    name: 'AccessDeniedException',
    message: `denied by an SCP: User: ${caller.arn} is not authorized to perform: imagebuilder:ListImages with an explicit deny in a service control policy`,
  } as const;

  test('says once by what, and in a row what is denied rather than to whom', () => {
    expect(faultText(fault)).toBe(fault.message);
    expect(shortFaultText(fault)).toMatch(/^denied by an SCP: imagebuilder:ListImages/);
    const byIam = {...fault, message: 'denied by IAM: no policy allows it'};
    expect(faultText(byIam)).toBe('denied by IAM: no policy allows it');
    expect(faultText({...fault, message: 'deniedness'})).toBe('denied: deniedness');
  });
});

test.each(['ECONNREFUSED', 'EAI_AGAIN', 'UND_ERR_SOCKET'])('%s is no error of the service’s', (name) => {
  expect(faultWord({kind: 'transient', name, message: ''})).toBe('connection failed');
  expect(faultWord({kind: 'transient', name: 'ServiceUnavailable', message: ''})).toBe('service error');
});
