import type {Json} from '../../source/data/json.ts';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import type {Event, PlannedChange, RunQuestion} from '../../source/engine/model/events.ts';
import type {CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';
import {defaultLimits, type Program} from '../../source/engine/model/program.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {seeded} from '../crash/random.ts';
import {play} from './play.ts';
import {pipelineArn, smallWorld} from './small-world.ts';

/** What a random runbook is made of, step by step. */
const kinds = ['look', 'agree', 'type', 'once', 'delete', 'manual', 'role'] as const;
type Kind = (typeof kinds)[number];

/** A runbook of these steps, that looks first and goes back to its first look as often as AWS refuses. */
async function programOf(wanted: readonly Kind[]): Promise<Program> {
  let look = 'look0';
  const steps = wanted.map((kind, index) => {
    const id = `${kind}${index + 1}`;
    switch (kind) {
      case 'look':
        look = id;
        return lookStep(id);
      case 'agree':
        return `  - {id: ${id}, title: Agree, confirm: {message: Sure?}}`;
      case 'type':
        return `  - {id: ${id}, title: Type, confirm: {message: Sure?, typeToConfirm: DELETE}}`;
      case 'once':
        return `  - {id: ${id}, title: Once, confirm: {message: Sure?, typeToConfirm: DELETE, once: true}}`;
      case 'delete':
        return [
          `  - id: ${id}\n    title: Delete\n    scope: region\n    forEach: \${{ steps.${look}.output }}`,
          `    call: imagebuilder:DeleteImagePipeline\n    with: {imagePipelineArn: '\${{ item.arn }}'}`,
          `    undo: {impossible: gone}`,
        ].join('\n');
      case 'manual':
        return [
          `  - id: ${id}\n    title: Manual\n    scope: region\n    forEach: \${{ steps.${look}.output }}`,
          `    update:\n      read: imagebuilder:GetImagePipeline\n      with: {imagePipelineArn: '\${{ item.arn }}'}`,
          `      resource: \${{ imagePipeline }}\n      write: imagebuilder:UpdateImagePipeline`,
          `      set: {description: '\${{ item.name }}'}`,
        ].join('\n');
      default:
        return [
          `  - id: ${id}\n    title: Role\n    call: iam:DeleteServiceLinkedRole`,
          `    with: {RoleName: "\${{ join('', ['R', to_string(length(steps.${look}.byRegion[].output[]))]) }}"}`,
          `    undo: {impossible: gone}`,
        ].join('\n');
    }
  });
  const back = [
    `  - id: task\n    title: Wait\n    waitUntil:\n      call: iam:GetServiceLinkedRoleDeletionStatus`,
    `      with: {DeletionTaskId: x}\n      acceptors:`,
    `        - {state: success, matcher: {output: {path: Status, expected: SUCCEEDED, comparator: stringEquals}}}`,
    `        - {state: failure, matcher: {output: {path: Status, expected: FAILED, comparator: stringEquals}}}`,
    `      minDelay: 1\n      maxDelay: 1\n      maxWaitTime: 60\n      failure: {usage: '\${{ Reason.RoleUsageList }}'}`,
    `    catch: [{errorEquals: [WaiterFailed], waitSeconds: 5, next: look0, maxVisits: 3}]`,
  ].join('\n');
  const first = '  - {id: first, title: First, confirm: {message: Sure?}}';
  const text = `handrail: 1\nname: random\ntitle: Random\nsteps:\n${[lookStep('look0'), first, ...steps, back].join('\n')}\n`;
  const loaded = parseRunbook('random.yaml', text);
  return {
    runbook: loaded.runbook,
    operations: await modelsFor(loaded),
    limits: defaultLimits,
    attended: false,
    waive: [],
  };
}

function lookStep(id: string): string {
  return [
    `  - id: ${id}\n    title: Look\n    scope: region\n    call: imagebuilder:ListImagePipelines`,
    `    output: '\${{ imagePipelineList[].{arn: arn, name: name} }}'`,
  ].join('\n');
}

function answer(output: Json): CallOutcome {
  return {ok: true, output, ms: 1, unmodeled: []};
}

/** An AWS in which each look may find something else. */
function fickle(seed: number): (request: CallRequest) => CallOutcome {
  const random = seeded(seed);
  return ({operation, input}) => {
    switch (operation) {
      case 'imagebuilder:ListImagePipelines':
        return answer({
          imagePipelineList: ['a', 'b', 'c']
            .filter(() => random() < 0.4)
            .map((name) => ({arn: pipelineArn(name), name: random() < 0.5 ? name : `${name} renamed`})),
        });
      case 'imagebuilder:GetImagePipeline':
        return answer({
          imagePipeline: {
            arn: input['imagePipelineArn'] ?? '',
            infrastructureConfigurationArn:
              'arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/one',
            description: written.get(String(input['imagePipelineArn'])) ?? '',
          },
        });
      case 'imagebuilder:UpdateImagePipeline':
        written.set(String(input['imagePipelineArn']), input['description'] ?? '');
        return answer({});
      case 'iam:GetServiceLinkedRoleDeletionStatus':
        return answer({
          Status: random() < 0.5 ? 'SUCCEEDED' : 'FAILED',
          Reason: {Reason: 'no', RoleUsageList: []},
        });
      default:
        return answer({DeletionTaskId: 'x'});
    }
  };
}
const written = new Map<string, Json>();

type CallStarted = Extract<Event, {type: 'call-started'}>;

/** Each change that was sent, with the accepted lists of changes before it. */
function sentChanges(
  events: readonly Event[],
): readonly {readonly sent: CallStarted; readonly agreed: readonly PlannedChange[]}[] {
  let open: RunQuestion | undefined;
  let agreed: readonly PlannedChange[] = [];
  return events.flatMap((event) => {
    if (event.type === 'asked') open = event.question;
    if (event.type === 'answered' && event.accepted && open?.step === event.step) {
      agreed = [...agreed, ...open.changes];
    }
    return event.type === 'call-started' && event.effect === 'change' ? [{sent: event, agreed}] : [];
  });
}

function covers(change: PlannedChange, sent: CallStarted): boolean {
  const input = sent.input as {readonly [member: string]: Json};
  return (
    change.step === sent.step &&
    change.region === sent.region &&
    change.operation === sent.operation &&
    change.target === sent.item &&
    change.request !== undefined &&
    Object.entries(change.request).every(
      ([member, value]) => JSON.stringify(input[member]) === JSON.stringify(value),
    )
  );
}

describe('consent', () => {
  it(
    'covers every change that is sent: an accepted list showed it, with its request',
    {timeout: 300_000},
    async () => {
      let askedAtChanges = 0;
      let sentInAll = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...kinds), {minLength: 1, maxLength: 6}),
          fc.nat(),
          fc.option(fc.integer({min: 1, max: 60}), {nil: undefined}),
          async (wanted, seed, cut) => {
            const program = await programOf(wanted);
            written.clear();
            const spoil = fickle(seed);
            let batches = 0;
            const first = await play({
              world: smallWorld(),
              startMs: 0,
              seed,
              program,
              spoil,
              interruptAt: () => (batches += 1) === cut,
            });
            const played =
              first.state.interrupted === undefined
                ? first
                : await play({
                    world: smallWorld(),
                    startMs: first.state.now + (seed % 2) * 60_000,
                    seed: seed + 1,
                    program,
                    spoil,
                    events: first.events,
                  });
            const changes = new Set(
              program.runbook.steps.filter(({action}) => action.kind !== 'confirm').map(({id}) => id),
            );
            for (const event of played.events) {
              if (event.type === 'asked' && changes.has(event.question.step)) {
                askedAtChanges += 1;
                expect(event.question.changes).not.toEqual([]);
              }
            }
            const all = sentChanges(played.events);
            sentInAll += all.length;
            for (const {sent, agreed} of all) {
              expect(
                agreed.some((change) => covers(change, sent)),
                JSON.stringify(sent),
              ).toBe(true);
            }
            expect(played.state.ended?.status, JSON.stringify(played.state.ended)).not.toBe(undefined);
          },
        ),
        {numRuns: 150, seed: 1},
      );
      // Neither is the property empty nor the question never needed.
      expect(sentInAll).toBeGreaterThan(200);
      expect(askedAtChanges).toBeGreaterThan(25);
    },
  );
});
