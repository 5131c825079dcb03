import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {GivenAnswers} from '../../source/cli/answer-options.ts';
import type {RunMode} from '../../source/engine/model/events.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {inputSources} from '../../source/runs/answers/input-sources.ts';
import type {Surroundings} from '../../source/runs/drive-run.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {execute} from '../../source/runs/start-run.ts';
import {undoOrder} from '../../source/runs/undo-run.ts';
import {fastClock} from './fast-clock.ts';
import {otherAws, type Answer, type OtherAws} from './other-aws.ts';
import {recordingView, type RecordingView} from './recording-view.ts';
import {yesToAll} from './simulated-account.ts';

const account = '123456789012';

interface OtherOutcome {
  readonly exitCode: number;
  readonly view: RecordingView;
  /** The journal's file, and its text. */
  readonly file: string;
  readonly journal: string;
}

interface OtherRun {
  readonly regions?: readonly string[];
  readonly mode?: RunMode;
  readonly inputs?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly answers?: Partial<GivenAnswers>;
}

/** An AWS of a test's own making, and commands that are run against it. */
export interface OtherAccount {
  readonly aws: OtherAws;
  /** Runs the steps of a runbook; `head` comes before them. */
  run(steps: string, head?: string, options?: OtherRun): Promise<OtherOutcome>;
  /** Undoes a run. */
  undo(outcome: OtherOutcome, options?: OtherRun): Promise<OtherOutcome>;
  close(): Promise<void>;
}

export async function otherAccount(answers: Readonly<Record<string, Answer>>): Promise<OtherAccount> {
  const caller = {Account: account, Arn: `arn:aws:sts::${account}:assumed-role/ops/kim`, UserId: 'A:kim'};
  const aws = await otherAws({'sts:GetCallerIdentity': () => caller, ...answers});
  const clock = fastClock(500);
  const home = mkdtempSync(join(tmpdir(), 'handrail-test-'));
  const connection = {endpoint: aws.endpoint, credentials: simulatedCredentials};
  const command = async (
    env: NodeJS.ProcessEnv,
    run: (surroundings: Surroundings) => Promise<number>,
  ): Promise<OtherOutcome> => {
    const view = recordingView();
    const never = new AbortController().signal;
    const stopper = {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}};
    const exitCode = await run({view, clock, stopper, env: {...env, XDG_STATE_HOME: home}});
    const file = view.closing?.journal ?? '';
    return {exitCode, view, file, journal: file === '' ? '' : readFileSync(file, 'utf8')};
  };
  return {
    aws,
    run(steps, head = '', options = {}) {
      const text = `handrail: 1\nname: test\ntitle: Test\n${head}steps:\n${steps}`;
      const loaded = parseRunbook('test.yaml', text);
      const {regions = [], inputs = [], env = {}, mode = 'live', answers: given = {}} = options;
      const order = {
        loaded,
        inputs: inputValues(loaded.runbook, inputs, inputSources(env)),
        mode,
        simulation: false,
        regions: [],
        onlyRegions: regions,
        connection,
        answers: {...yesToAll, ...given},
      };
      return command(env, (surroundings) => execute(order, surroundings));
    },
    async undo({file}, {env = {}, answers: given = {}, inputs = []} = {}) {
      const env_ = {...env, XDG_STATE_HOME: home};
      const order = undoOrder({file, connection, answers: {...yesToAll, ...given}, inputs, env: env_});
      return command(env, (surroundings) => execute(order, surroundings));
    },
    async close() {
      clock.stop();
      await aws.close();
    },
  };
}
