import type {KeyTable} from '../../../keyboard/key-table.ts';
import {chosenGate} from '../../../question/question-gate.ts';
import {answeringKeys, answerNowKey} from '../../../question/answering-keys.ts';
import {press, type Reply, type ReplyKey} from '../../../question/reply.ts';
import {replyTo, waveUp, type FleetMoment, type FleetOutcome} from '../fleet-screen-state.ts';
import {typedQuestion} from '../wave-text.ts';
import {decisionKey, interruptKey, readingMoves, suspendKey} from './common.ts';

type Table = KeyTable<FleetMoment, FleetOutcome>;

const answerKeys = answeringKeys<FleetMoment, FleetOutcome>({isLeaving, edited, replied});
const {unlessLeaving} = answerKeys;

/** A wave's question that takes the keys. */
export const waveKeys: Table = {
  title: "A wave's decision",
  bindings: [
    ...unlessLeaving(readingMoves('the changes ', false)),
    ...answerKeys.answers,
    ...unlessLeaving([decisionKey]),
    interruptKey,
    suspendKey,
  ],
  otherwise: answerKeys.otherwise,
  pasted: answerKeys.pasted,
};

/** A wave's question that has just appeared. Keys pressed now were meant for something else. */
export const earlyWaveKeys: Table = {
  title: "A wave's decision that has just come up",
  bindings: [...readingMoves('the changes ', false), answerNowKey(chooseWave), interruptKey, suspendKey],
};

/** Tab: the operator goes to the question. */
export function chooseWave({screen, shown}: FleetMoment): FleetOutcome {
  const id = shown.wave?.id;
  return {
    screen: id === undefined ? screen : {...screen, away: undefined, gate: chosenGate(screen.gate, id)},
  };
}

function isLeaving({screen, shown, at}: FleetMoment): boolean {
  const wave = waveUp(screen, shown, at);
  return wave !== undefined && replyTo(screen, wave).leaving;
}

function edited({screen, shown, at}: FleetMoment, edit: (reply: Reply) => Reply): FleetOutcome {
  const wave = waveUp(screen, shown, at);
  if (wave === undefined) return {screen};
  return {screen: {...screen, draft: {id: wave.id, reply: edit(replyTo(screen, wave))}}};
}

function replied(moment: FleetMoment, key: ReplyKey): FleetOutcome {
  const {screen, shown, at} = moment;
  const wave = waveUp(screen, shown, at);
  if (wave === undefined) return {screen};
  const outcome = press(typedQuestion(wave.question), replyTo(screen, wave), key);
  if (!('answer' in outcome)) return edited(moment, () => outcome);
  const {accepted, by, typed} = outcome.answer;
  return {screen, answer: {accepted, by, ...(typed === undefined ? {} : {typed})}};
}
