/** When something that signs calls was last used, by service. Written late: a minute of use may be missing after a crash. */

/** The last use of one access key, role or user. */
export interface LastUse {
  /** Service (`s3`) → its last call, whether it was allowed or not. */
  readonly services: Readonly<Record<string, ServiceUse>>;
}

export interface ServiceUse {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of the credential scope. */
  readonly region: string;
}
