import {indexById} from '../../data/by-id.ts';
import type {Event, Question, RunQuestion} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {RunState} from '../../engine/model/state.ts';
import {show} from '../../text/show.ts';
import {timeOfDay, timeZone} from '../../text/time.ts';
import {padEnd} from '../../text/width.ts';
import {questionLines} from '../question/question-lines.ts';
import {lineText} from '../../text/line.ts';
import {moments} from './state-at-each-event.ts';
import {modeWords} from '../../wording/run-mode.ts';
import {createNarrator} from '../../wording/narrate/narrate.ts';
import {regionSummary} from '../../wording/region-summary.ts';
import {signs} from '../../wording/signs.ts';
import {spokenLine, withoutLayout, type Said} from './screen-reader-line.ts';
import {summaryText} from '../../wording/run-summary.ts';
import {unanswerable} from '../question/unanswerable.ts';
import type {View} from '../view.ts';
import {waitingFor} from '../../wording/waiting.ts';
import {accountText, count, shortCaller} from '../../wording/fault-text.ts';

/** Longest silence (ms). */
const heartbeat = 30_000;
const stepColumns = 12;
const regionColumns = 15;
/** A log has no width; changes are shown with their whole ARNs. */
const unlimited = 1000;

interface PlainOptions {
  readonly write: (text: string) => void;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Said in words for a screen reader, rather than in signs and columns. */
  readonly spoken?: boolean;
  /** Asks the operator outside of the lines. When absent, no operator can be asked. */
  readonly ask?: (question: Question, lines: readonly string[], signal: AbortSignal) => Promise<Answer>;
}

/** Shows the run as log lines: changes, problems, and each step's result over all Regions. */
export function createPlain({write, now, spoken = false, ask}: PlainOptions): View {
  const format = spoken ? spokenLine : alignedLine;
  const narrate = createNarrator();
  let state: RunState = initialState;
  let lastWrite = now();
  /** Region steps that were summed up since the run last went back before them. */
  const summedUp = new Set<string>();

  const put = (said: Said): void => {
    lastWrite = now();
    write(`${format({...said, text: show(said.text)})}\n`);
  };

  const tell = (event: Event): void => {
    if (event.type === 'run-started') startLines(event).forEach((text) => put({at: event.at, text}));
    if (event.type === 'asked') putQuestion(event.at, event.question);
    narrate(event, state.steps)
      .filter(({weight}) => weight !== 'detail')
      .forEach(put);
    if (event.type === 'went-back' && event.region === undefined) forget(event.to);
  };
  /** The question in full: a second pair of eyes reads the log. */
  const putQuestion = (at: number, question: RunQuestion): void => {
    for (const text of inFull(state, question))
      put({at, step: question.step, text: spoken ? withoutLayout(text) : text});
  };
  const forget = (target: string): void => {
    const index = indexById(state.steps, target);
    state.steps.slice(index).forEach(({id}) => summedUp.delete(id));
  };
  const sumUp = (): void => {
    for (const {id} of state.steps) {
      const text = summedUp.has(id) ? undefined : regionSummary(state, id);
      if (text === undefined) continue;
      summedUp.add(id);
      const sign = text.includes('unknown') ? signs.unknown : signs.done;
      put({at: state.now, step: id, sign, text});
    }
  };

  const timer = setInterval(() => {
    if (now() - lastWrite < heartbeat || state.ended !== undefined) return;
    const {text, because} = waitingFor(state, now());
    put({at: now(), sign: signs.nothing, text: because === undefined ? text : `${text} (${because})`});
  }, 1000);
  timer.unref();

  return {
    opening(message) {
      put({at: now(), text: message});
    },

    waiting(what) {
      if (what !== undefined) put({at: now(), sign: signs.nothing, text: what});
    },

    publish(next, events) {
      for (const moment of moments(state, next, events)) {
        state = moment.state;
        tell(moment.event);
        if (endsRegionStep(moment.event)) sumUp();
      }
      state = next;
    },

    async ask(question, signal) {
      return ask?.(question, inFull(state, question), signal) ?? unanswerable(question);
    },

    async close(closing) {
      clearInterval(timer);
      write(`\n${spoken ? withoutLayout(summaryText(closing)) : summaryText(closing)}`);
    },
  };
}

/** The lines of a question, unaligned and uncut. */
export function inFull(state: RunState, question: Question): readonly string[] {
  return questionLines(state, question, unlimited)
    .map((line) => lineText(line).trimEnd())
    .filter((text) => text !== '')
    .map((text) => text.slice(1));
}

function alignedLine({at, step, region, sign, text}: Said): string {
  const where = region === undefined ? '' : `${padEnd(region, regionColumns)} `;
  return `${timeOfDay(at)}  ${padEnd(step ?? '', stepColumns)}  ${sign?.glyph ?? ' '} ${where}${text}`;
}

function endsRegionStep(event: Event): boolean {
  return 'region' in event && /^(step-(succeeded|skipped|failed)|waived)$/.test(event.type);
}

function startLines(event: Extract<Event, {type: 'run-started'}>): readonly string[] {
  const {identity, endpoint, regions, mode} = event;
  const kind = `${modeWords(event)}${mode === 'plan' ? ': nothing is changed' : ''}`;
  const where = endpoint === undefined ? '' : `, ${endpoint}`;
  return [
    `${kind}; times are local, ${timeZone(event.at)}`,
    `account ${accountText(identity)} as ${shortCaller(identity)}, ${identity.partition}, ${count(regions.length, 'Region')}${where}`,
  ];
}
