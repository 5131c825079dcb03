import {existsSync, readFileSync, realpathSync, statSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {configPath} from '../../cli/config/config-path.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {sha256} from '../../data/sha256.ts';
import {defined} from '../../data/defined.ts';
import type {ApprovalRule} from '../../engine/model/happenings/approval.ts';
import {strictest} from '../../engine/queries/approvals.ts';
import type {Policy} from '../../engine/model/happenings/policy.ts';
import {loadOther} from '../../runbook/load/load-other.ts';
import {InvalidRunbook} from '../../runbook/load/problem.ts';
import type {Places} from '../../runbook/load/source-positions.ts';
import type {ChangeWindow} from '../../engine/model/happenings/gate.ts';
import {givenWindow} from '../gates/given-window.ts';
import {ssmCalendar} from '../gates/ssm-calendar.ts';
import {NoWindow} from '../gates/window-text.ts';
import {policySchema, type PolicyRules} from './language.ts';

/** The name of a policy file where none is given. */
const fileName = 'handrail-policy.yaml';

/** A policy file that was found. */
export interface FoundPolicy {
  readonly file: string;
  readonly sha256: string;
  readonly rules: PolicyRules;
  readonly places: Places;
  /** Its windows, with the calendars among them read. */
  readonly windows?: readonly ChangeWindow[];
  /** The text of its file of allowed signers. */
  readonly signers?: string;
}

/**
 * Returns every policy that a run keeps to: those that `--policy` and `HANDRAIL_POLICY` name, the one beside the runbook,
 * and the one beside the operator's defaults. None stands in for another. So naming one leaves no other out. Throws
 * {@link UsageError} for one that is named and not there, InvalidRunbook, and the system's error.
 */
export function policiesFor(
  runbookFile: string,
  named: string | undefined,
  env: NodeJS.ProcessEnv,
): readonly FoundPolicy[] {
  const given = [
    ...namedFile('--policy', named),
    ...namedFile('HANDRAIL_POLICY', env['HANDRAIL_POLICY'] || undefined),
  ];
  const defaults = configPath(env);
  const folders = [
    ...(existsSync(runbookFile) ? [dirname(resolve(runbookFile))] : []),
    ...(defaults === undefined ? [] : [dirname(defaults)]),
  ];
  const files = [
    ...given,
    ...folders.map((folder) => join(folder, fileName)).filter((file) => existsSync(file)),
  ];
  return [...new Map(files.map((file) => [realpathSync(file), file])).values()].map(read);
}

function namedFile(how: string, file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  if (statSync(file, {throwIfNoEntry: false})?.isFile() === true) return [resolve(file)];
  throw new UsageError(`${how} ${file}: there is no such file`);
}

function read(file: string): FoundPolicy {
  const {text, content, places} = loadOther(file, {noun: 'policy', schema: policySchema});
  const {allowedSigners} = content;
  const signers = allowedSigners === undefined ? undefined : signersIn(file, allowedSigners, places);
  const now = Date.now();
  const windows = content.windows?.map((written, at) => windowIn(file, written, places, {at, now}));
  return {file, sha256: sha256(text), rules: content, places, ...defined({signers, windows})};
}

function windowIn(
  policy: string,
  text: string,
  places: Places,
  {at, now}: {readonly at: number; readonly now: number},
): ChangeWindow {
  try {
    return givenWindow(text, dirname(policy), now);
  } catch (error) {
    if (!(error instanceof NoWindow)) throw error;
    throw new InvalidRunbook([places.atPath(['windows', at], `${text}: ${error.message}`)]);
  }
}

/** Most bytes of a file of allowed signers: the journal keeps it, so that signatures can be checked later. */
const mostSignersBytes = 100_000;

function signersIn(policy: string, name: string, places: Places): string {
  const wrong = (why: string): InvalidRunbook =>
    new InvalidRunbook([places.atPath(['allowedSigners'], `the file of allowed signers ${why}`)]);
  let text: string;
  try {
    text = readFileSync(resolve(dirname(policy), name), 'utf8');
  } catch (error) {
    throw wrong(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  if (text.length > mostSignersBytes) throw wrong(`has more than ${mostSignersBytes} characters`);
  if (!/^[^#\s]/m.test(text)) throw wrong('names nobody');
  return text;
}

/** Returns the part of the policies that a journal keeps. */
export function policyOf(found: readonly FoundPolicy[]): Policy {
  const windows = found.flatMap((policy) => (policy.windows === undefined ? [] : [policy.windows]));
  const calendars = [
    ...new Set(found.flatMap(({rules}) => rules.calendars?.flatMap((one) => ssmCalendar(one) ?? []) ?? [])),
  ];
  const approvals = found
    .map(({rules}) => ruleOf(rules))
    .reduce((one, other) => strictest(one, other), undefined);
  const signers = [...new Set(found.flatMap((policy) => policy.signers ?? []))];
  const neverIn = [...new Set(found.flatMap(({rules}) => rules.never?.regions ?? []))];
  return {
    files: found.map(({file, sha256}) => ({file, sha256})),
    ...defined({
      windows: windows.length === 0 ? undefined : windows,
      calendars: calendars.length === 0 ? undefined : calendars,
      approvals,
      signers: signers.length === 0 ? undefined : signers,
      neverIn: neverIn.length === 0 ? undefined : neverIn,
    }),
  };
}

function ruleOf({approvals: needed = 1, notCaller, allowedSigners}: PolicyRules): ApprovalRule | undefined {
  const [others, signed] = [notCaller === true, allowedSigners !== undefined];
  return strictest({needed, ...(others ? {notCaller: others} : {}), ...(signed ? {signed} : {})}, undefined);
}
