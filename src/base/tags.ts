/** A tag of a resource or a session. Keys keep their case; IAM and STS compare them without it. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}
