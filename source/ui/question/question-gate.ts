/**
 * Quiet time before a question takes keys (ms). Keys on their way when it appeared were meant for something
 * else.
 */
export const quiet = 700;

/** The operator's actions since a question appeared. Times are ms on the screen's clock. */
export interface Gate {
  /** The question that this is about. */
  readonly id: number;
  /** Time when the terminal had shown it. */
  readonly drawnAt?: number;
  /** True if the operator focused it with a deliberate key. */
  readonly chosen?: true;
  /** It has taken a key, and takes all that follow. */
  readonly open?: true;
}

export const noGate: Gate = {id: 0};

/** The part of a screen's state that a question's coming up depends on. */
export interface Gated {
  readonly gate: Gate;
  /** Time of the last key on the screen's clock (ms). */
  readonly lastKeyAt: number;
  /** The question whose changes were shown to their end. */
  readonly seen?: number;
}

/** Returns true if a question may replace the operator's current work: not while they press keys. */
export function comesUp(gate: Gate, id: number, lastKeyAt: number, now: number): boolean {
  const seen = gate.id === id && (gate.drawnAt !== undefined || gate.chosen === true);
  return seen || now - lastKeyAt >= quiet;
}

/** Returns true if a key pressed now answers the question. */
export function takesKeys(gate: Gate, id: number, lastKeyAt: number, now: number): boolean {
  if (gate.id !== id || gate.drawnAt === undefined) return false;
  if (gate.open === true || gate.chosen === true) return true;
  return now - Math.max(gate.drawnAt, lastKeyAt) >= quiet;
}

/**
 * Returns the time at which {@link takesKeys} or {@link comesUp} changes without an event; undefined if it does
 * not.
 */
export function changesAt(gate: Gate, id: number, lastKeyAt: number, now: number): number | undefined {
  if (!comesUp(gate, id, lastKeyAt, now)) return lastKeyAt + quiet;
  if (gate.id !== id || gate.drawnAt === undefined || takesKeys(gate, id, lastKeyAt, now)) return undefined;
  return Math.max(gate.drawnAt, lastKeyAt) + quiet;
}

/** The gate after a key was pressed. */
function afterKey(gate: Gate, id: number, lastKeyAt: number, now: number): Gate {
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

/**
 * Returns the result of a key that was pressed on a screen at `now`, remembering that it was: a question that comes up waits
 * until none is. `asked` is the number of the question that was to be seen.
 */
export function keyNoted<Outcome extends {readonly screen: Gated}>(
  {gate, lastKeyAt}: Gated,
  asked: number | undefined,
  outcome: Outcome,
  now: number,
): Outcome {
  const next =
    asked === undefined || outcome.screen.gate !== gate
      ? outcome.screen.gate
      : afterKey(gate, asked, lastKeyAt, now);
  return {...outcome, screen: {...outcome.screen, gate: next, lastKeyAt: now}};
}
