import type {FaultKind} from '../../engine/model/fault.ts';

/** Name of a setting in faults, its remedy, and the kind of fault. */
interface Trouble {
  readonly name: string;
  readonly remedy: string;
  /** `credentials` when left out. */
  readonly kind?: FaultKind;
  /** The remedy says how to sign in again. */
  readonly signIn?: true;
}

/** Something in the environment or in the files of `~/.aws` that cannot be used; the message names it in a line. */
export class BadSetting extends Error {
  readonly kind: FaultKind;
  readonly remedy: string;
  readonly signIn: boolean;

  constructor(message: string, {name, remedy, kind = 'credentials', signIn}: Trouble) {
    super(message);
    this.name = name;
    this.kind = kind;
    this.remedy = remedy;
    this.signIn = signIn === true;
  }
}
