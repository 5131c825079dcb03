import {defined} from '../../data/defined.ts';
import {membersOf, type Json, type JsonObject} from '../../data/json.ts';
import {evaluateMembers} from '../../runbook/expression/template.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import type {Update} from '../../runbook/language/actions/update.ts';
import {withoutEmpty} from '../../runbook/expression/data.ts';
import type {Item} from '../model/events.ts';
import type {ChangeMade} from '../model/state.ts';
import {settleUpdate} from './update-answers.ts';
import type {Handler} from './action.ts';
import {timeLimit} from './time-limit.ts';
import {itemMembers} from './item-members.ts';
import {updateRequests} from './update-request.ts';

/** Reads, writes and reads back, item by item. */
export const update: Handler<Update> = {
  does: (changes) => (changes ? 'change' : 'look'),
  work: {
    ...timeLimit,
    calls: {
      ...updateRequests,
      answered: settleUpdate,
      describeChange,
    },
  },
  undo({read, with: members, resource, write, writeWith, set, remove, partial, effect, waitUntil}) {
    const changed = [...new Set([...Object.keys(set ?? {}), ...(remove ?? [])])];
    const own = Object.keys(writeWith ?? {});
    const absentBefore = ({before = null}: ChangeMade): readonly string[] => {
      const kept = withoutEmpty(before);
      return changed.filter((member) => kept === undefined || membersOf(kept)[member] === undefined);
    };
    return {
      members,
      absentBefore,
      whyNot(change) {
        const [absent] = partial === true ? absentBefore(change) : [];
        if (absent === undefined) return undefined;
        return `there was no ${absent} before, and this operation cannot take it away`;
      },
      known: ({before = null, request = null}) => ({
        before,
        written: comparable({...members, ...writeWith}, request),
        ...(own.length === 0 ? {} : {writeWith: picked(own, request)}),
      }),
      step(names, absent, inSeconds) {
        const there = changed.filter((member) => !absent.includes(member));
        return {
          update: {
            read,
            with: itemMembers(names, 'with'),
            resource,
            write,
            ...(own.length === 0 ? {} : {writeWith: itemMembers(own, 'writeWith')}),
            ...(there.length === 0 ? {} : {set: itemMembers(there, 'before')}),
            ...(absent.length === 0 ? {} : {remove: absent}),
            expect: '${{ item.written }}',
            ...(partial === undefined ? {} : {partial}),
            ...(waitUntil === undefined ? {} : {waitUntil: inSeconds(waitUntil)}),
          },
          ...defined({effect}),
        };
      },
    };
  },
};

/**
 * Returns the written members without those that only identify the resource. These can be compared with a later read.
 */
function comparable(identity: object, request: Json): Json {
  const aside = new Set(Object.keys(identity));
  return Object.fromEntries(Object.entries(membersOf(request)).filter(([member]) => !aside.has(member)));
}

function picked(names: readonly string[], request: Json): JsonObject {
  const given = membersOf(request);
  return Object.fromEntries(names.flatMap((name) => (name in given ? [[name, given[name] as Json]] : [])));
}

/** Returns the item's display: the members that go, the values that come, and how they are written. */
function describeChange(
  {set = {}, remove = [], writeWith = {}, expect}: Update,
  item: Item,
  scope: Scope,
): string | undefined {
  const removed = remove.map((member) => `${member} ${shown(membersOf(item.value)[member])}removed`);
  const values = evaluateMembers(set, scope);
  // Where the resource must still be as an earlier write left it, that write is taken back.
  const added = Object.entries(values).map(([member, value]) =>
    expect === undefined
      ? changed(member, membersOf(item.value)[member], value)
      : `${member} ${shown(value)}put back`,
  );
  const own = Object.entries(evaluateMembers(writeWith, scope))
    .filter(([, value]) => value !== item.key)
    .map(([member, value]) => `${member} ${shown(value)}`.trimEnd());
  const details = [...removed, ...added, ...own];
  return details.length === 0 ? undefined : details.join(', ');
}

/** A member's old and new value. The old one is known where the item shows it; else it is read before the write. */
function changed(member: string, before: Json | undefined, after: Json): string {
  const value = shown(after).trimEnd() || 'nothing';
  if (before === undefined || before === null) return `${member} set to ${value}`;
  return `${member} ${shown(before)}→ ${value}`;
}

/** Most of a value without a text that is shown, in characters. */
const mostShown = 60;

/** A value in few words: a structure is known by its first text. */
function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return `${String(value)} `;
  const text = Object.values(value).find((part) => typeof part === 'string') ?? JSON.stringify(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}… ` : `${text} `;
}
