import {escapeKeys, type KeyTable} from '../../keyboard/key-table.ts';
import {chosenGate} from '../../question/question-gate.ts';
import {answeringKeys, answerNowKey} from '../../question/answering-keys.ts';
import {insert, noReply, press, type Reply, type ReplyKey} from '../../question/reply.ts';
import {takesYes} from '../../question/prompt-text.ts';
import {askingOf, replyOf, waiverId, type Moment, type Outcome} from '../run-screen-state.ts';
import {
  answering,
  decisionKey,
  helpKey,
  leaveHint,
  logKey,
  leaveKey,
  showingChanges,
  stopKey,
  suspendKey,
} from './common-keys.ts';
import {readingKeys} from './scrolling.ts';

type Table = KeyTable<Moment, Outcome>;

const stop = leaveKey({
  keys: ['ctrl-c'],
  shown: 'Ctrl-C',
  help: 'stop without an answer',
  hint: ({shown}) => leaveHint(shown),
});

const answerKeys = answeringKeys<Moment, Outcome>({isLeaving, edited, replied});
const {unlessLeaving} = answerKeys;

/** A decision, or a waiver, that takes the keys. */
export const questionKeys: Table = {
  title: 'A decision, or a waiver',
  bindings: [
    ...unlessLeaving(readingKeys('the changes ', false)),
    ...answerKeys.answers,
    {
      keys: ['v'],
      shown: 'v',
      help: 'before anything is typed, where a yes is enough: every change, on the whole pane',
      hint: 'changes',
      enabled: isBeforeYes,
      run(moment) {
        const asking = askingOf(moment.screen, moment.shown, moment.at);
        if (asking === undefined || !isBeforeYes(moment))
          return edited(moment, (reply) => insert(reply, 'v'));
        return {screen: showingChanges(moment.screen, asking.id)};
      },
    },
    ...unlessLeaving([decisionKey]),
    stop,
    suspendKey,
  ],
  otherwise: answerKeys.otherwise,
  pasted: answerKeys.pasted,
};

/** A decision that has just appeared. Keys pressed now were meant for something else. */
export const earlyQuestionKeys: Table = {
  title: 'A decision that has just come up',
  bindings: [...readingKeys('the changes ', false), answerNowKey(chooseQuestion), stop, suspendKey],
};

/** The changes of a decision, on the whole pane. */
export const planKeys: Table = {
  title: 'The changes of a decision',
  bindings: [
    ...readingKeys('the changes ', true),
    decisionKey,
    {
      keys: [...escapeKeys, 'left', 'v'],
      shown: 'Esc',
      help: 'back to the answer',
      run({screen, shown, at}) {
        const id = askingOf(screen, shown, at)?.id;
        return {screen: id === undefined ? {...screen, away: undefined} : answering(screen, id)};
      },
    },
    logKey,
    helpKey,
    stopKey,
    suspendKey,
  ],
};

/** Tab: the operator goes to the question. */
export function chooseQuestion({screen, shown, at}: Moment): Outcome {
  const id = (shown.asking ?? askingOf(screen, shown, at))?.id;
  return {screen: id === undefined ? screen : {...screen, gate: chosenGate(screen.gate, id)}};
}

const unread = 'Not sent: see the changes to their end first. End goes there, v shows all.';

function isBeforeYes({screen, shown, at}: Moment): boolean {
  const asking = askingOf(screen, shown, at);
  if (asking === undefined || !takesYes(asking.question)) return false;
  const {typed, leaving} = replyOf(screen, asking);
  return typed === '' && !leaving;
}

/** Returns true if the operator was asked whether to decline. */
function isLeaving({screen, shown, at}: Moment): boolean {
  const asking = askingOf(screen, shown, at);
  return asking !== undefined && replyOf(screen, asking).leaving;
}

function edited(moment: Moment, edit: (reply: Reply) => Reply): Outcome {
  const {screen, shown, at} = moment;
  const asking = askingOf(screen, shown, at);
  if (asking === undefined) return {screen};
  return {screen: {...screen, drafts: {...screen.drafts, [asking.id]: edit(replyOf(screen, asking))}}};
}

function replied(moment: Moment, key: ReplyKey): Outcome {
  const {screen, shown, at} = moment;
  const asking = askingOf(screen, shown, at);
  if (asking === undefined) return {screen};
  const {waiving} = screen;
  const own = asking.id === waiverId && waiving !== undefined;
  // Nothing is lost by going back from a waiver, so one key does.
  if (own && (key === 'back' || key === 'decline')) return {screen: {...screen, waiving: undefined}};
  const outcome = press(asking.question, replyOf(screen, asking), key);
  // A yes is for exactly what was shown; a typed text says of itself what is agreed to.
  if (
    'answer' in outcome &&
    outcome.answer.accepted &&
    takesYes(asking.question) &&
    screen.seen !== asking.id
  ) {
    return edited(moment, () => ({...noReply, hint: unread}));
  }
  if (!('answer' in outcome)) return edited(moment, () => outcome);
  if (!own) return {screen, answer: outcome.answer};
  const {accepted, typed = ''} = outcome.answer;
  return {
    screen: {...screen, waiving: undefined},
    commands: accepted ? [{do: 'waive', region: waiving, typed}] : [],
  };
}
