import type {Event, Happening, RunQuestion} from '../../source/engine/model/events.ts';
import type {Fault} from '../../source/engine/model/fault.ts';
import type {Journal} from '../../source/journal/read.ts';

const start = Date.UTC(2026, 10, 22, 12, 0, 0);

/** A run in which every text that comes from outside is one of `texts`: each has a Region, and what happens there, to itself. */
export function hostileRun(texts: readonly string[]): Journal {
  const happenings = [...beginning(texts), ...texts.flatMap(inRegion), ...ending(texts)];
  const events = happenings.map((happening, index): Event => ({...happening, at: start + index * 5}));
  const [text = ''] = texts;
  return {file: `/tmp/${text}`, run: text, events, head: 'f'.repeat(64), bytes: 0, tornBytes: 0};
}

function faultOf(text: string): Fault {
  return {kind: 'throttled', name: text, message: text, status: 429, requestId: text, remedy: text};
}

/** Regions are told apart by their names, so each text is a Region once. */
function beginning(texts: readonly string[]): readonly Happening[] {
  const [text = ''] = texts;
  // Columns are named by runbooks. Names that every object has are no matter of what is shown.
  const column = text in {} ? `${text} ` : text;
  return [
    {
      type: 'run-started',
      run: text,
      runbook: {name: text, title: text, file: text, text, sha256: text},
      steps: [
        {id: 'look', title: text, scope: 'region', does: 'look', column},
        {id: 'ask', title: text, scope: 'account', does: 'confirm'},
        {id: 'change', title: text, scope: 'region', does: 'change', column},
      ],
      inputs: {[text]: text, list: [text]},
      mode: 'live',
      simulation: true,
      identity: {account: text, arn: text, partition: text, alias: text},
      endpoint: text,
      regions: texts,
      regionSource: 'named',
      notes: [text],
      versions: {[text]: text},
    },
  ];
}

function inRegion(text: string, index: number): readonly Happening[] {
  const at = (step: string): {step: string; region: string} => ({step, region: text});
  const call = (number: number): number => index * 10 + number;
  const going = {item: text, phase: 'call', operation: text, page: 1, input: {[text]: text}} as const;
  return [
    {type: 'step-started', items: [{key: text, value: text}], ...at('look')},
    {type: 'call-started', call: call(1), ...going, effect: 'read', attempt: 1, ...at('look')},
    {type: 'call-failed', call: call(1), ms: 1, fault: faultOf(text), retryAt: start + 1e9, maxAttempts: 3},
    {type: 'call-started', call: call(2), ...going, effect: 'read', attempt: 2, ...at('look')},
    {type: 'call-succeeded', call: call(2), ms: 1, requestId: text},
    {type: 'item-done', item: text, output: [text], ...at('look')},
    {type: 'step-succeeded', output: [text], summary: text, inUse: 1, ...at('look')},
    {type: 'step-started', items: [{key: text, value: text}], ...at('change')},
    {
      type: 'call-started',
      call: call(3),
      ...going,
      phase: 'read',
      effect: 'read',
      attempt: 1,
      ...at('change'),
    },
    {type: 'call-succeeded', call: call(3), ms: 1, output: {[text]: text, kept: text}},
    {
      type: 'call-started',
      call: call(4),
      ...going,
      phase: 'write',
      effect: 'change',
      attempt: 1,
      ...at('change'),
    },
    {type: 'call-succeeded', call: call(4), ms: 1, output: {}},
    {type: 'item-done', item: text, output: {kept: `${text}!`}, note: text, ...at('change')},
    {type: 'step-failed', fault: faultOf(text), ...at('change')},
    {type: 'waived', region: text, by: text, typed: text},
  ];
}

function ending(texts: readonly string[]): readonly Happening[] {
  const [text = ''] = texts;
  const question: RunQuestion = {
    kind: 'type-text',
    step: 'ask',
    message: text,
    typeToConfirm: text,
    changes: [{step: 'change', title: text, region: text, operation: text, target: text, detail: text}],
  };
  const usage = texts.map((resource) => ({region: text, resource, reportedRegion: resource}));
  return [
    {type: 'asked', question},
    {type: 'answered', step: 'ask', accepted: true, by: text, typed: text},
    {type: 'asked', question},
    {type: 'answered', step: 'ask', accepted: false, by: text, missing: text},
    {type: 'step-started', step: 'ask', items: [{key: '', value: null}]},
    {type: 'item-failed', step: 'ask', item: '', fault: faultOf(text), usage},
    {
      type: 'went-back',
      step: 'ask',
      to: 'look',
      visit: 1,
      maxVisits: 3,
      resumeAt: start + 1e7,
      fault: faultOf(text),
      usage,
    },
    {type: 'interrupted', signal: text},
    {type: 'resumed', by: text, versions: {[text]: text}},
    {
      type: 'run-ended',
      status: 'failed',
      message: text,
      result: texts.map((title) => ({title, lines: [title]})),
    },
  ];
}
