/** The caller, as STS and IAM report it. */
export interface Identity {
  readonly account: string;
  /** The caller's ARN. */
  readonly arn: string;
  readonly partition: string;
  readonly alias?: string;
}
