/**
 * How long no key may have been pressed before a question takes any (ms): what was on its way when it appeared was
 * meant for something else.
 */
export const quiet = 700;

/** What a question has seen of the operator. Times are ms on the screen's own clock. */
export interface Gate {
  /** The question that this is about. */
  readonly id: number;
  /** When the terminal had shown it. */
  readonly drawnAt?: number;
  /** The operator went to it by a key of its own. */
  readonly chosen?: true;
  /** It has taken a key, and takes all that follow. */
  readonly open?: true;
}

export const noGate: Gate = {id: 0};

/** Whether a question may take the place of what the operator works on: not while they press keys. */
export function comesUp(gate: Gate, id: number, lastKeyAt: number, now: number): boolean {
  const seen = gate.id === id && (gate.drawnAt !== undefined || gate.chosen === true);
  return seen || now - lastKeyAt >= quiet;
}

/** Whether a key that is pressed now is an answer to the question. */
export function takesKeys(gate: Gate, id: number, lastKeyAt: number, now: number): boolean {
  if (gate.id !== id || gate.drawnAt === undefined) return false;
  if (gate.open === true || gate.chosen === true) return true;
  return now - Math.max(gate.drawnAt, lastKeyAt) >= quiet;
}

/** When the answer of {@link takesKeys} or {@link comesUp} changes by itself; undefined when only an event changes it. */
export function changesAt(gate: Gate, id: number, lastKeyAt: number, now: number): number | undefined {
  if (!comesUp(gate, id, lastKeyAt, now)) return lastKeyAt + quiet;
  if (gate.id !== id || gate.drawnAt === undefined || takesKeys(gate, id, lastKeyAt, now)) return undefined;
  return Math.max(gate.drawnAt, lastKeyAt) + quiet;
}

/** The gate after a key was pressed. */
export function afterKey(gate: Gate, id: number, lastKeyAt: number, now: number): Gate {
  return takesKeys(gate, id, lastKeyAt, now) && gate.open !== true ? {...gate, open: true} : gate;
}

/** The gate of a question that the operator went to. */
export function chosenGate(gate: Gate, id: number): Gate {
  return {...(gate.id === id ? gate : {id}), chosen: true};
}

/** The gate of a question that the terminal has shown. */
export function drawnGate(gate: Gate, id: number, now: number): Gate {
  if (gate.id === id && gate.drawnAt !== undefined) return gate;
  return {...(gate.id === id ? gate : {id}), drawnAt: now};
}
