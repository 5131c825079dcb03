import {describe, expect, it} from 'vitest';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import type {Event, RunQuestion} from '../../source/engine/model/events.ts';
import type {CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';
import {defaultLimits, type Program} from '../../source/engine/model/program.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {play, program as removal, type Recording} from './play.ts';
import {smallWorld, type SmallWorld} from './small-world.ts';

const look = [
  '  - id: look\n    title: Look\n    scope: region\n    call: imagebuilder:ListImagePipelines',
  "    output: '${{ imagePipelineList[].{arn: arn, description: optional(description)} }}'",
].join('\n');

const agree = '  - {id: agree, title: Agree, confirm: {message: Sure?}}';

const role = "  - {id: role, title: Role, call: iam:GetRole, with: {RoleName: '${{ inputs.roleName }}'}}";

/** Deletes each pipeline, under a condition and by a name that may be known late. */
function removalBy(arn: string, when = ''): string {
  return [
    '  - id: delete\n    title: Delete\n    scope: region\n    forEach: ${{ steps.look.output }}',
    `    call: imagebuilder:DeleteImagePipeline\n    with: {imagePipelineArn: "${arn}"}\n    undo: {impossible: gone}`,
    ...(when === '' ? [] : [`    when: ${when}`]),
  ].join('\n');
}

async function programOf(...steps: readonly string[]): Promise<Program> {
  const inputs = 'inputs:\n  roleName: {type: string, default: TheRole}';
  const text = `handrail: 1\nname: test\ntitle: Test\n${inputs}\nsteps:\n${steps.join('\n')}\n`;
  const loaded = parseRunbook('test.yaml', text);
  const operations = await modelsFor(loaded);
  return {runbook: loaded.runbook, operations, limits: defaultLimits, attended: false, waive: []};
}

/** The small world has no deletion of pipelines. */
function deleted({operation}: CallRequest): CallOutcome | undefined {
  return operation === 'imagebuilder:DeleteImagePipeline'
    ? {ok: true, output: {}, ms: 1, unmodeled: []}
    : undefined;
}

/** More batches than any of these runs has: a run that asks for ever fails its test instead of holding it. */
const most = 400;

function played(program: Program, more: Partial<Parameters<typeof play>[0]> = {}): Promise<Recording> {
  let batches = 0;
  return play({
    world: smallWorld(),
    startMs: Date.UTC(2026, 0, 1),
    seed: 1,
    program,
    spoil: deleted,
    interruptAt: () => (batches += 1) > most,
    ...more,
  });
}

function askedIn({events}: Recording): readonly RunQuestion[] {
  return events.flatMap((event) => (event.type === 'asked' ? [event.question] : []));
}

function changesIn({events}: Recording): readonly Event[] {
  return events.filter((event) => event.type === 'call-started' && event.effect === 'change');
}

describe('changes that nobody has agreed to yet', () => {
  it('are asked about where a step of the account lies between them and their confirmation', async () => {
    const condition = '${{ steps.role.output.Role.RoleName == inputs.roleName }}';
    const program = await programOf(look, agree, role, removalBy('${{ item.arn }}', condition));
    const recording = await played(program);
    expect(recording.state.ended?.status).toBe('done');
    expect(askedIn(recording).map(({step, changes}) => [step, changes.length])).toEqual([
      ['agree', 3],
      ['delete', 4],
    ]);
    expect(changesIn(recording)).toHaveLength(4);
  });

  it('are asked about by name, and those whose request cannot be made are neither asked about for ever nor sent', async () => {
    // Only one of eu-west-1's pipelines has a description; it is the second, and the first cannot be made.
    const program = await programOf(
      look.replace('imagePipelineList[]', 'reverse(imagePipelineList)[]'),
      agree,
      removalBy("${{ join('', [item.arn, not_null(item.description) && '']) }}"),
    );
    const recording = await played(program);
    expect(askedIn(recording).map(({step}) => step)).toEqual(['agree']);
    const [question] = askedIn(recording);
    expect(question?.changes).toHaveLength(4);
    expect(question?.changes.filter(({request}) => request !== undefined)).toHaveLength(1);
    expect(recording.state.ended?.status).toBe('failed');
    expect(changesIn(recording)).toEqual([]);
  });

  it('are asked about in a waived Region that is tried again while the confirmation is open', async () => {
    const world: SmallWorld & {deniedRegion?: string} = smallWorld({deniedRegion: 'us-east-1'});
    let steer: ((command: Command) => void) | undefined;
    let retried = false;
    const recording = await played(
      {...removal, waive: ['us-east-1'], attended: true},
      {
        world,
        steering: (handler) => (steer = handler),
        published: (state) => {
          if (state.question?.step !== 'approve' || retried) return;
          retried = true;
          delete world.deniedRegion;
          steer?.({do: 'retry', region: 'us-east-1'});
        },
      },
    );
    expect(recording.state.ended?.status).toBe('done');
    const inEast = askedIn(recording).flatMap(({step, changes}) =>
      changes.some(({region}) => region === 'us-east-1') ? [step] : [],
    );
    expect(inEast).toEqual(['cancel', 'schedules']);
  });

  it('are asked about before they are sent where an older journal keeps no requests of what was agreed to', async () => {
    const program = await programOf(look, agree, removalBy('${{ item.arn }}'));
    const begun = await played(program, {
      interruptAt: (batch) =>
        batch.some(
          ({type, ...event}) => type === 'step-started' && 'step' in event && event.step === 'delete',
        ),
    });
    const older = begun.events
      .filter(({type}) => type !== 'call-started' && type !== 'call-succeeded')
      .map((event): Event => {
        if (event.type !== 'asked') return event;
        const changes = event.question.changes.map(({step, title, operation, target, region = ''}) => ({
          step,
          title,
          operation,
          target,
          region,
        }));
        return {...event, question: {...event.question, changes}};
      });
    const resumed = await played(program, {events: older, startMs: begun.state.now + 1000});
    expect(askedIn(resumed).map(({step}) => step)).toEqual(['agree', 'delete']);
    const types = resumed.events
      .slice(older.length)
      .map((event) => (event.type === 'call-started' ? event.effect : event.type));
    expect(types.indexOf('change')).toBeGreaterThan(types.indexOf('answered'));
    expect(resumed.state.ended?.status).toBe('done');
  });
});
