/** Keys that requests are signed with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
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
