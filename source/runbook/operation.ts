/** A shape of the service's model, read when it is looked into: models refer to themselves. */
export interface Shape {
  readonly kind:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'number'
    | 'boolean'
    | 'timestamp'
    | 'blob'
    | 'document'
    // The checker's own: no service's model has them.
    | 'nothing'
    | 'union';
  /** Members of a structure; empty for everything else. */
  members(): ReadonlyMap<string, Member>;
  /** Element type of a list or map. */
  item(): Shape | undefined;
  /** The shapes that a union may be; absent for everything else. */
  options?(): readonly Shape[];
  /** The shapes of a list's items one by one, where all of them are known. */
  readonly positions?: readonly Shape[];
  /** The sensitive member that it is the value of: expressions see a stand-in for it. */
  readonly concealed?: string;
}

export interface Member {
  readonly shape: Shape;
  readonly required: boolean;
  readonly sensitive: boolean;
}

/**
 * One operation of an AWS service, as the SDK's own runtime schema describes it.
 *
 * `resend` says whether a change may be sent again when its answer was lost: `token`, it carries an idempotency
 * token; `idempotent`, doing it twice is the same as once (delete, put, update, tag); `never`, neither is known.
 */
export interface OperationModel {
  /** `service:Operation`. */
  readonly name: string;
  readonly service: string;
  readonly operation: string;
  readonly effect: 'read' | 'change';
  /** Neither its model nor its name says what it does: it counts as a change unless the runbook says otherwise. */
  readonly assumed?: true;
  readonly resend: 'token' | 'idempotent' | 'never';
  /** It takes something away: where there is nothing, its goal is reached. */
  readonly deletes?: true;
  /** The member that takes an idempotency token. */
  readonly tokenMember?: string;
  /** The members that continue a list, when the operation pages. */
  readonly pages?: {readonly inputToken: string; readonly outputToken: string};
  /** Names of the errors that its service's model has. Services send others too. */
  readonly errors?: readonly string[];
  readonly input: Shape;
  readonly output: Shape;
  /** Reason why it cannot be called: its AWS client is not installed, and its step allows for that. */
  readonly missing?: string;
}

/** Required members that are not among the names; an idempotency token is made by Handrail. */
export function missingFrom(model: OperationModel, names: ReadonlySet<string>): readonly string[] {
  return [...model.input.members()]
    .filter(([name, {required}]) => required && name !== model.tokenMember && !names.has(name))
    .map(([name]) => name);
}

/** The operation with the effect that a step states. What is known of an operation, no step can talk down to a read. */
export function asStated(
  model: OperationModel,
  stated: OperationModel['effect'] | undefined,
): OperationModel {
  if (stated === undefined || stated === model.effect) return model;
  return stated === 'change' || model.assumed === true ? {...model, effect: stated} : model;
}
