/** The audit log as use cases read it: newest first, never whole. */

/** One recorded event, still as its line of JSON. */
export interface RecordedLine {
  /** Where the line begins in the log; a later event has a greater one. */
  readonly position: number;
  readonly text: string;
}

/** What was recorded so far. Events of calls that were answered are all there. */
export interface AuditTrail {
  /**
   * The lines that begin before `before`, or all of them, newest first. Reads a bounded step at a
   * time and only as far as its consumer asks; a consumer that must end early just stops.
   */
  backwards(before?: number): AsyncIterable<RecordedLine>;
}
