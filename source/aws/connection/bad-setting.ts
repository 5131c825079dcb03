import type {FaultKind} from '../../engine/model/fault.ts';

/** Name of a setting in faults, its remedy, and the kind of fault. */
interface Trouble {
  readonly name: string;
  readonly remedy: string;
  /** `credentials` when left out. */
  readonly kind?: FaultKind;
}

/** Something in the environment or in the files of `~/.aws` that cannot be used; the message names it in a line. */
export class BadSetting extends Error {
  readonly kind: FaultKind;
  readonly remedy: string;

  constructor(message: string, {name, remedy, kind = 'credentials'}: Trouble) {
    super(message);
    this.name = name;
    this.kind = kind;
    this.remedy = remedy;
  }
}
