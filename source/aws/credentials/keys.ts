/** Keys that requests are signed with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  /** The session that they are of, where STS said so when it gave them. */
  readonly session?: {readonly account: string; readonly arn: string; readonly id: string};
}

/** A role to assume first: `--role-arn` and its settings. */
export interface AssumedRole {
  readonly arn: string;
  readonly externalId?: string;
  /** Session name in CloudTrail. */
  readonly sessionName?: string;
  /** ARN or serial number of the MFA device that the role's trust policy wants. */
  readonly mfaSerial?: string;
}

/** Returns true if two sets of keys are the same. */
export function sameKeys(one: Keys, other: Keys): boolean {
  return one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
}

/** Returns the keys in an answer of a container's endpoint or of the metadata service; undefined where it holds none. */
export function keysInJson(text: string): Keys | undefined {
  try {
    const {AccessKeyId, SecretAccessKey, Token, Expiration} = JSON.parse(text) as Record<string, unknown>;
    if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined;
    const ends = new Date(String(Expiration));
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(typeof Token === 'string' ? {sessionToken: Token} : {}),
      ...(Number.isNaN(ends.getTime()) ? {} : {expiration: ends}),
    };
  } catch {
    return undefined;
  }
}

/** Returns the keys in STS's answer to AssumeRole, and whose session they are of; undefined where it holds none. */
export function keysInAnswer({Credentials, AssumedRoleUser}: Record<string, unknown>): Keys | undefined {
  const {AccessKeyId, SecretAccessKey, SessionToken, Expiration} = (Credentials ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined;
  const {Arn, AssumedRoleId} = (AssumedRoleUser ?? {}) as Record<string, unknown>;
  const account =
    typeof Arn === 'string' ? /^arn:[^:]+:sts::(\d{12}):assumed-role\//.exec(Arn)?.[1] : undefined;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' ? {sessionToken: SessionToken} : {}),
    ...(Expiration instanceof Date ? {expiration: Expiration} : {}),
    ...(account === undefined ? {} : {session: {account, arn: String(Arn), id: String(AssumedRoleId)}}),
  };
}
