/** A resource that a failed deletion task named as still using the role. */
export interface Usage {
  readonly region: string;
  readonly resource: string;
  /** The Region that the service reported, when it is another one. */
  readonly reportedRegion?: string;
}
