import type {Mutant} from '../mutant.ts';

const run = 'source/engine/run.ts';
const send = 'source/engine/send-call.ts';
const lists = 'source/engine/respond/list-reader.ts';
const undo = 'source/engine/plan-undo.ts';
const secrets = 'source/engine/model/mask-secrets.ts';

/** The loop that touches the world, undo plans, and values that must never leave. */
export const runMutants: readonly Mutant[] = [
  {
    file: run,
    find: 'await this.#ports.journal.append(batch);',
    replace: 'void this.#ports.journal.append(batch);',
    breaks: 'an intent is on disk before its call goes out',
    reaches: 'sent',
  },
  {
    file: lists,
    find: '[pages.inputToken]: earlier.nextToken',
    replace: "[pages.inputToken]: ''",
    breaks: 'the next page is asked for by its token',
    reaches: 'sent',
  },
  {
    file: lists,
    find: 'page > 1 ? lists.get(keyOf(place))?.progress : undefined',
    replace: 'lists.get(keyOf(place))?.progress',
    breaks: 'a list that is read anew starts with no page',
    reaches: 'sent',
  },
  {
    file: lists,
    find: "return [region, step, item].join('\\n');",
    replace: "return [step, item].join('\\n');",
    breaks: 'pages of two Regions are not mixed',
    reaches: 'sent',
  },
  {
    file: send,
    find: 'input: revealed(request.input, secrets)',
    replace: 'input: request.input',
    breaks: 'a secret is in the request that is sent',
    reaches: 'sent',
  },
  {
    file: send,
    find: 'concealedOutcome(outcome, modelOf(program, request.operation).output, secrets)',
    replace: 'outcome',
    breaks: 'no secret of an answer is kept',
    reaches: 'journaled',
  },
  {
    file: run,
    find: "if (gently.aborted) arrivals.push({kind: 'interrupted', signal: String(gently.reason)});",
    replace: '',
    breaks: 'an interrupted run starts nothing more',
    reaches: 'sent',
  },
  {
    file: undo,
    find: 'return changes.toReversed().filter((change) => {',
    replace: 'return changes.filter((change) => {',
    breaks: 'the newest change is undone first',
    reaches: 'sent',
  },
  {
    file: undo,
    find: 'if (seen.has(key)) return false;',
    replace: '',
    breaks: 'a thing that was changed twice is put back once',
    reaches: 'sent',
  },
  {
    file: undo,
    find: 'region == $region]',
    replace: 'region != $region]',
    breaks: 'a change is undone in its own Region',
    reaches: 'sent',
  },
  {
    file: secrets,
    find: '...outcome.fault, message: conceal(outcome.fault.message)',
    replace: '...outcome.fault',
    breaks: 'no secret is in the message of an error',
    reaches: 'shown',
  },
  {
    file: secrets,
    find: "if (typeof value === 'string') return value.includes(concealed);",
    replace: "if (typeof value === 'string') return false;",
    breaks: 'a value that was not kept is not sent on',
    reaches: 'sent',
  },
  {
    file: secrets,
    find: 'member?.sensitive === true ? concealed :',
    replace: '',
    breaks: 'what AWS marks as sensitive is not kept',
    reaches: 'journaled',
  },
];
