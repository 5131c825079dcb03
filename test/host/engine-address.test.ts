import {expect, it} from 'vitest';
import type {Arguments} from '../../source/cli/command.ts';
import {engineOption, engineUrl} from '../../source/commands/host/engine-option.ts';
import {withoutPassword} from '../../source/host/dbos/database-engine.ts';

it.each([
  ['postgres://kim:secret@db.example/runs', 'postgres://kim@db.example/runs'],
  [
    'postgres://kim@db.example/runs?password=secret&sslmode=require',
    'postgres://kim@db.example/runs?sslmode=require',
  ],
  ['postgres://kim@db.example/runs?sslpassword=secret', 'postgres://kim@db.example/runs'],
  ['postgres://kim@db.example/runs?PASSWORD=secret#secret', 'postgres://kim@db.example/runs'],
])('shows no secret of the address of a database: %s', (address, shown) => {
  expect(withoutPassword(address)).toBe(shown);
});

it.each([
  'http://kim:secret@engine.example:8080',
  'http://secret@engine.example:8080',
  'ftp://kim:secret@engine.example',
  'kim:secret@engine.example',
  'postgres://kim:secret@db.example',
])('refuses an address that is none of an engine, without its secret: %s', (address) => {
  const args = {text: (name: string) => (name === engineOption.name ? address : undefined)};
  const refused = (): string => engineUrl(args as Arguments);
  expect(refused).toThrow(/--engine/);
  expect(refused).not.toThrow(/secret/);
});
