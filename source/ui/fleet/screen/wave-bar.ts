import {hasFailed, inPhase, onlyLooks, type FleetState, type Wave} from '../../../fleet/state.ts';
import {lineWidth, span, type Line} from '../../../text/line.ts';
import {signs, type Sign} from '../../../wording/signs.ts';

/** A stage of a fleet: the look, the canary, a wave. */
interface Stage {
  readonly sign: Sign;
  readonly title: string;
  readonly count: string;
  readonly standing: 'done' | 'now' | 'todo';
}

/** Formats the look and the waves as posts on a rail; the longest form that fits. */
export function waveBar(state: FleetState, columns: number): Line {
  const stages = stagesOf(state);
  const lines = [
    railOf(stages, () => true),
    railOf(stages, ({standing}) => standing !== 'done'),
    railOf(stages, ({standing}) => standing === 'now'),
  ];
  const fitting = lines.find((line) => lineWidth(line) < columns);
  if (fitting !== undefined) return fitting;
  // Many waves: the present stage and its place among them.
  const at = Math.max(
    0,
    stages.findLastIndex(({standing}) => standing !== 'todo'),
  );
  return [...railOf(stages.slice(at, at + 1), () => true), span(`  ${at + 1} of ${stages.length}`, 'quiet')];
}

function railOf(stages: readonly Stage[], isNamed: (stage: Stage) => boolean): Line {
  return stages.flatMap((stage, index) => [
    span(index === 0 ? ' ' : ' ─ ', 'quiet'),
    span(stage.sign.glyph, stage.sign.tone),
    ...(isNamed(stage)
      ? [
          span(
            ` ${stage.title}`,
            stage.standing === 'now' ? 'title' : stage.standing === 'todo' ? 'quiet' : undefined,
          ),
          span(stage.count === '' ? '' : ` ${stage.count}`, 'quiet'),
        ]
      : []),
  ]);
}

/** More waves to come than this are counted. */
const mostToCome = 2;

function stagesOf(state: FleetState): readonly Stage[] {
  const all = state.accounts.size;
  const open = inPhase(state, 'unlooked', 'looking').length;
  const look: Stage = {
    sign: open === 0 ? signs.done : signs.active,
    title: 'Look',
    count: `${all - open}/${all}`,
    standing: open === 0 ? 'done' : 'now',
  };
  if (onlyLooks(state)) return [look];
  const toCome = wavesToCome(state);
  const first = state.waves.length + 1;
  const shown = toCome > mostToCome ? mostToCome - 1 : toCome;
  const coming = Array.from({length: shown}, (_, index): Stage => todo(nameOf(first + index)));
  const rest = toCome - shown;
  return [
    look,
    ...state.waves.map((wave) => stageOf(state, wave)),
    ...coming,
    ...(rest > 0 ? [todo(`${rest} more`)] : []),
  ];
}

function todo(title: string): Stage {
  return {sign: signs.todo, title, count: '', standing: 'todo'};
}

function nameOf(wave: number): string {
  return wave === 1 ? 'Canary' : `Wave ${wave}`;
}

function stageOf(state: FleetState, {wave, accounts, answer, endedAt}: Wave): Stage {
  const rows = accounts.flatMap((id) => state.accounts.get(id) ?? []);
  const over = rows.filter(({phase}) => phase === 'ended').length;
  const failed = rows.some(hasFailed);
  const title = nameOf(wave);
  const count = `${over}/${accounts.length}`;
  if (endedAt !== undefined)
    return {sign: failed ? signs.trouble : signs.done, title, count, standing: 'done'};
  if (answer === undefined) return {sign: signs.active, title, count: 'asks you', standing: 'now'};
  if (!answer.accepted) return {sign: signs.skipped, title, count: 'declined', standing: 'done'};
  return {sign: failed ? signs.trouble : signs.active, title, count, standing: 'now'};
}

/** Waves that the accounts with changes will take, as far as the looks have found them. */
function wavesToCome(state: FleetState): number {
  const {started, waves, stopped, ended} = state;
  if (started === undefined || stopped !== undefined || ended !== undefined) return 0;
  const {canary, wave} = started.limits;
  const ready = inPhase(state, 'ready').length;
  const all = ready + waves.flatMap(({accounts}) => accounts).length;
  const size = Math.max(1, 'accounts' in wave ? wave.accounts : Math.ceil((all * wave.percent) / 100));
  const looking = inPhase(state, 'unlooked', 'looking').length > 0;
  if (waves.length > 0) return Math.ceil(ready / size);
  if (ready === 0) return looking ? 1 : 0;
  return 1 + Math.ceil(Math.max(0, ready - canary) / size);
}
