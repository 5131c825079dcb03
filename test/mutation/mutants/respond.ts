import type {Mutant} from '../mutant.ts';

const poll = 'source/engine/actions/poll-answers.ts';
const events = 'source/engine/outcome/response-events.ts';
const response = 'source/engine/respond/interpret-response.ts';
const update = 'source/engine/actions/update-answers.ts';
const data = 'source/runbook/expression/data.ts';
const request = 'source/engine/actions/update-request.ts';

/** Meaning of responses. */
export const respondMutants: readonly Mutant[] = [
  {
    file: poll,
    find: 'Math.min(now + gap, deadline)',
    replace: 'now + gap',
    breaks: 'the last poll is made at the deadline',
    reaches: 'sent',
  },
  {
    file: poll,
    find: 'if (now >= deadline) {',
    replace: 'if (false as boolean) {',
    breaks: 'a wait ends at its deadline',
    reaches: 'sent',
  },
  {
    file: poll,
    find: 'equal.length > 0 && !equal.includes(false)',
    replace: '!equal.includes(false)',
    breaks: 'all of nothing is not reached',
    reaches: 'sent',
  },
  {
    file: poll,
    find: "if (comparator === 'booleanEquals') return same(value, expected === 'true');",
    replace: "if (comparator === 'booleanEquals') return value === true;",
    breaks: 'a wait for false is reached by false',
    reaches: 'sent',
  },
  {
    file: poll,
    find: "const value = evaluate(path, answer, 'strict');",
    replace: "const value = evaluate(path, answer, 'lenient');",
    breaks: 'an answer without the member that is looked at is no answer',
    reaches: 'sent',
  },
  {
    file: events,
    find: 'const maxHolds = 3;',
    replace: 'const maxHolds = 300;',
    breaks: 'a call is held for new credentials three times in a row',
    reaches: 'sent',
  },
  {
    file: events,
    find: 'if (gone && item.unsettled === true) {',
    replace: 'if (gone) {',
    breaks: 'a deletion that finds nothing at the first try is no change of ours',
    reaches: 'journaled',
  },
  {
    file: events,
    find: 'retryAt: now + plan.delayMs',
    replace: 'retryAt: now',
    breaks: 'a try waits as long as it was planned',
    reaches: 'sent',
  },
  {
    file: events,
    find: "if (catcher?.next !== 'continue') return",
    replace: 'if (catcher === undefined) return',
    breaks: 'only a catch that goes on takes an item as done',
    reaches: 'sent',
  },
  {
    file: response,
    find: 'if (outcome.ok && outcome.nextToken !== undefined) {',
    replace: 'if (false as boolean) {',
    breaks: 'a page is not concluded from',
    reaches: 'sent',
  },
  {
    file: response,
    find: "return [endOfCall(settled), {type: 'item-failed'",
    replace: "return [{type: 'item-failed'",
    breaks: 'a change whose answer does not fit the runbook is recorded',
    reaches: 'journaled',
  },
  {
    file: events,
    find: "intent.effect === 'change' ? {output: outcome.output} : {}",
    replace: '{}',
    breaks: 'the answer to a change is journaled',
    reaches: 'journaled',
  },
  {
    file: update,
    find: 'if (item.request !== undefined && isAs(item.request as JsonObject)) {',
    replace: 'if (false as boolean) {',
    breaks: 'a write that happened though its answer was lost counts as a change',
    reaches: 'journaled',
  },
  {
    file: update,
    find: 'if (isAs(wanted(update, settled, resource))) {',
    replace: 'if (false as boolean) {',
    breaks: 'what is as wanted already is not written',
    reaches: 'sent',
  },
  {
    file: update,
    find: 'if (strayed.length > 0) return',
    replace: 'if (false as boolean) return',
    breaks: 'what somebody changed since is left as it is',
    reaches: 'sent',
  },
  {
    file: update,
    find: 'if (lost.length > 0) {',
    replace: 'if (false as boolean) {',
    breaks: 'a write that would lose what is not modelled is not made',
    reaches: 'sent',
  },
  {
    file: update,
    find: 'if (update.waitUntil !== undefined || different.length === 0) {',
    replace: 'if (true as boolean) {',
    breaks: 'what is read back is compared with what was written',
    reaches: 'shown',
  },
  {
    file: update,
    find: 'changed.length === 0 ? {} : {changed}',
    replace: '{}',
    breaks: 'what somebody changed meanwhile is said, and gets another token',
    reaches: 'sent',
  },
  {
    file: data,
    find: "value === undefined || value === null || value === ''",
    replace: 'value === undefined || value === null',
    breaks: 'empty texts are dropped from a full replacement',
    reaches: 'sent',
  },
  {
    file: data,
    find: 'return list.length === 0 ? undefined : list;',
    replace: 'return list;',
    breaks: 'empty lists are dropped from a full replacement',
    reaches: 'sent',
  },
  {
    file: request,
    find: 'if (removed.has(member)) return [];',
    replace: '',
    breaks: 'what is to be removed is not sent',
    reaches: 'sent',
  },
  {
    file: request,
    find: 'withoutEmpty(set[member]) ?? set[member] ?? own[member] ?? withoutEmpty(carried[member])',
    replace: 'withoutEmpty(carried[member]) ?? withoutEmpty(set[member]) ?? set[member] ?? own[member]',
    breaks: 'what is set goes before what was read',
    reaches: 'sent',
  },
  {
    file: request,
    find: 'update.partial === true ? identity : {...membersOf(before), ...identity}',
    replace: '{...membersOf(before), ...identity}',
    breaks: 'a partial write carries nothing over',
    reaches: 'sent',
  },
  {
    file: request,
    find: 'if (partly && before[member] === undefined) return false;',
    replace: '',
    breaks: 'what was not shown of an item is no news',
    reaches: 'shown',
  },
  {
    file: 'source/engine/respond/merge-pages.ts',
    find: '[...first, ...value]',
    replace: '[...value, ...first]',
    breaks: 'pages follow each other in their order',
    reaches: 'sent',
  },
  {
    file: 'source/engine/respond/merge-pages.ts',
    find: 'Array.isArray(first) && Array.isArray(value) ? [...first, ...value] : value',
    replace: 'value',
    breaks: 'a list is read to its last page',
    reaches: 'sent',
  },
];
