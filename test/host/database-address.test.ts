import {expect, it} from 'vitest';
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
