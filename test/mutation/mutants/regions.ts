import type {Mutant} from '../mutant.ts';

const truth = 'source/engine/queries/region-truth.ts';
const steps = 'source/engine/evolve/step-events.ts';
const operator = 'source/engine/evolve/operator-events.ts';
const poll = 'source/engine/actions/poll-answers.ts';
const retry = 'source/engine/outcome/retry.ts';
const events = 'source/engine/outcome/response-events.ts';
const commands = 'source/engine/decide/operator-commands.ts';
const decide = 'source/engine/decide/decide.ts';
const progress = 'source/engine/queries/progress.ts';
const fault = 'source/engine/model/fault.ts';
const evolve = 'source/engine/evolve/evolve.ts';
const unsettled = 'source/engine/queries/unsettled-changes.ts';
const pages = 'source/engine/respond/list-progress.ts';

/** What is known of Regions, what is waited for, and what counts as reached. */
export const regionMutants: readonly Mutant[] = [
  {
    file: truth,
    find: "if (lane.waived?.unlooked === true) return 'unknown';",
    replace: "if (lane.waived?.unlooked === true) return 'clear';",
    breaks: 'a Region that was left out is unknown',
    reaches: 'shown',
  },
  {
    file: truth,
    find: 'if (lane.usage.length > 0 || !stoppedLooking(state, lane)) return true;',
    replace: 'if (!stoppedLooking(state, lane)) return true;',
    breaks: 'a Region that AWS names cannot be waived as unknown',
    reaches: 'sent',
  },
  {
    file: truth,
    find: 'if (lane.usage.length > 0 || !stoppedLooking(state, lane)) return true;',
    replace: 'if (lane.usage.length > 0) return true;',
    breaks: 'a Region whose change was refused cannot be waived as unknown',
    reaches: 'sent',
  },
  {
    file: truth,
    find: "if (lane.fault?.name === 'WaiterTimedOut') return true;",
    replace: '',
    breaks: 'a Region whose use did not end in time cannot be waived as unknown',
    reaches: 'sent',
  },
  {
    file: truth,
    find: "inUse > 0 && doesOf(state, step) !== 'change'",
    replace: 'inUse < 0',
    breaks: 'a Region where a look found something cannot be waived as unknown',
    reaches: 'sent',
  },
  {
    file: truth,
    find: 'started?.changesIn === undefined || started.changesIn.includes(region)',
    replace: 'true',
    breaks: 'changes are made only in the Regions that were named for them',
    reaches: 'sent',
  },
  {
    file: truth,
    find: 'return region === undefined || started?.changesIn',
    replace: 'return started?.changesIn',
    breaks: 'the account’s own changes are not bound to the Regions that were named',
    reaches: 'sent',
  },
  {
    file: steps,
    find: "{...(named.length > 0 ? without(lane, 'waived') : lane), usage: named}",
    replace: '{...lane, usage: named}',
    breaks: 'what AWS says of a Region outranks its waiver',
    reaches: 'sent',
  },
  {
    file: steps,
    find: 'rewind(lane.usage.length > 0 ? tryAgain(lane) : lane)',
    replace: 'rewind(lane)',
    breaks: 'a Region that AWS named is looked at in the next round, whatever stopped it before',
    reaches: 'sent',
  },
  {
    file: steps,
    find: 'account: rewind(state.account),',
    replace: 'account: state.account,',
    breaks: 'the account goes back with its Regions',
    reaches: 'sent',
  },
  {
    file: evolve,
    find: 'return next.lanes.get(event.region) === undefined\n        ? {...next, lanes: next.lanes.add(event.region, {...emptyLane, region: event.region})}\n        : next;',
    replace: 'return next;',
    breaks: 'a Region that AWS names and nobody visited is looked at',
    reaches: 'sent',
  },
  {
    file: poll,
    find: 'state.lanes.get(region) === undefined && regionName.test(region)',
    replace: 'state.lanes.get(region) === undefined',
    breaks: 'only what looks like a Region becomes one',
    reaches: 'sent',
  },
  {
    file: poll,
    find: "if (accepted === 'failure') return gaveUp(settled, wait, answer);",
    replace: '',
    breaks: 'a wait that cannot be reached any more ends',
    reaches: 'sent',
  },
  {
    file: poll,
    find: 'if (accepted === undefined && !outcome.ok) return failed(settled, outcome.fault);',
    replace: '',
    breaks: 'an error that no acceptor matches is no reason to look again',
    reaches: 'sent',
  },
  {
    file: poll,
    find: 'if (usage.length === 0) return [endOfCall(settled), failedItem];',
    replace: 'if (usage.length >= 0) return [endOfCall(settled), failedItem];',
    breaks: 'what AWS names as in use is kept',
    reaches: 'sent',
  },
  {
    file: operator,
    find: 'if (lane.waived === undefined && lane.fault?.name !== outsideNamedRegions) return tryAgain(lane);',
    replace: "if (lane.fault?.name !== outsideNamedRegions) return tryAgain(without(lane, 'waived'));",
    breaks: 'a waived Region that is tried again is looked at from the beginning',
    reaches: 'sent',
  },
  {
    file: operator,
    find: 'if (lane.waived === undefined && lane.fault?.name !== outsideNamedRegions) return tryAgain(lane);',
    replace: 'if (lane.waived === undefined) return tryAgain(lane);',
    breaks: 'a Region that was to be put right by hand is looked at again',
    reaches: 'sent',
  },
  {
    file: operator,
    find: 'lane.waived === undefined ? startedAgain(state, lane) : tryAgain(lane),',
    replace: 'startedAgain(state, lane),',
    breaks: 'a waiver holds for the whole run, also over a resume',
    reaches: 'sent',
  },
  {
    file: operator,
    find: 'return {...again, account: rewoundLane(state, state.account, firstRegionStep(state))};',
    replace: 'return again;',
    breaks: 'what the account concluded without a waived Region is concluded anew',
    reaches: 'sent',
  },
  {
    file: operator,
    find: "return {...without(anew, 'before', 'request', 'sent', 'note'), status: 'todo', phase: 'call', attempt: 0};",
    replace: "return {...anew, status: 'todo', phase: 'call', attempt: 0};",
    breaks: 'an update that failed starts with a fresh picture',
    reaches: 'sent',
  },
  {
    file: operator,
    find: 'const doubtful = sent && item.once === true ? {doubtful: true} : {};',
    replace: 'const doubtful = {};',
    breaks: 'a change that failed unanswered and is not safe twice is in doubt',
    reaches: 'sent',
  },
  {
    file: retry,
    find: "if (fault.kind === 'busy' && context.model.effect === 'change') return whileBusy(attempt);",
    replace: '',
    breaks: 'a change of what is in use is tried again for minutes',
    reaches: 'sent',
  },
  {
    file: retry,
    find: 'Math.min(mostMs, Math.round(firstMs * rate ** (attempt - 1)))',
    replace: 'Math.round(firstMs * rate ** (attempt - 1))',
    breaks: 'a wait for what is in use is no longer than a minute',
    reaches: 'sent',
  },
  {
    file: retry,
    find: 'Math.round(firstMs * rate ** (attempt - 1))',
    replace: 'firstMs',
    breaks: 'waits for what is in use get longer',
    reaches: 'sent',
  },
  {
    file: retry,
    find: "if (['throttled', 'clock', 'local'].includes(fault.kind)) return true;",
    replace: '',
    breaks: 'a change that was throttled is sent again, however unsafe twice',
    reaches: 'sent',
  },
  {
    file: retry,
    find: 'if (!isPassing(fault)) return false;',
    replace: '',
    breaks: 'what AWS refuses for good is not tried again',
    reaches: 'sent',
  },
  {
    file: fault,
    find: 'if (final === true) return false;',
    replace: '',
    breaks: 'a fault that the next try would meet again is not tried again',
    reaches: 'sent',
  },
  {
    file: events,
    find: "fault.kind === 'not-found' && model.deletes === true",
    replace: "fault.kind === 'not-found'",
    breaks: 'only a deletion is done when its resource is not there',
    reaches: 'sent',
  },
  {
    file: events,
    find: "if (!gone || end.type === 'item-done') return [callFailed, end];",
    replace: 'return [callFailed, end];',
    breaks: 'a deletion that somebody else made first is done',
    reaches: 'shown',
  },
  {
    file: events,
    find: 'fault.renewable !== false || program.attended === true',
    replace: 'true',
    breaks: 'a run with nobody there does not wait for credentials that cannot be renewed',
    reaches: 'shown',
  },
  {
    file: events,
    find: 'return state.paused === undefined ? [held',
    replace: 'return state.paused !== undefined ? [held',
    breaks: 'a run whose credentials have expired is paused',
    reaches: 'sent',
  },
  {
    file: commands,
    find: 'return isGoingOn(laneOf(state, command.region))\n        ? []',
    replace: 'return false as boolean\n        ? []',
    breaks: 'only what was stopped is tried again',
    reaches: 'sent',
  },
  {
    file: commands,
    find: 'state.ended !== undefined || state.interrupted !== undefined) return [];',
    replace: 'false as boolean) return [];',
    breaks: 'a run that has ended takes no commands',
    reaches: 'journaled',
  },
  {
    file: decide,
    find: 'state.ended !== undefined || state.interrupted !== undefined)\n    return nothing;',
    replace: 'state.ended !== undefined)\n    return nothing;',
    breaks: 'a run that was interrupted sends nothing',
    reaches: 'sent',
  },
  {
    file: decide,
    find: 'state.ended !== undefined || state.interrupted !== undefined)\n    return nothing;',
    replace: 'state.interrupted !== undefined)\n    return nothing;',
    breaks: 'a run that has ended sends nothing',
    reaches: 'sent',
  },
  {
    file: decide,
    find: 'if (one.records.length > 0) budget.calls = 0;',
    replace: '',
    breaks: 'no call is made ready beside what is recorded first',
    reaches: 'shown',
  },
  {
    file: progress,
    find: "return scope === 'account' && before >= 0 && !isBehind(state, before) ? undefined : index;",
    replace: 'return index;',
    breaks: 'the account waits for a Region that was taken back',
    reaches: 'sent',
  },
  {
    file: progress,
    find: '(waived ?? fault) === undefined ? next : Infinity,',
    replace: 'next,',
    breaks: 'a question does not wait for a Region that was stopped',
    reaches: 'sent',
  },
  {
    file: unsettled,
    find: "return unsettled === true && status !== 'done';",
    replace: 'return unsettled === true && false;',
    breaks: 'a change whose answer is missing is named',
    reaches: 'shown',
  },
  {
    file: pages,
    find: 'if (tokens.has(nextToken)) return {fault: endlessList(tokens.size)};',
    replace: '',
    breaks: 'a list that leads back to a page that was read is stopped',
    reaches: 'sent',
  },
];
