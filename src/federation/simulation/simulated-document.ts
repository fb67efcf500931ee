/** A policy document as a simulation has it: under the name that the simulator gives it. */
import type { Policy } from '../../policy/tree.ts';

/** A document of a request or of an entity. */
export interface SimulatedDocument {
  /** `PolicyInputList.1`, `ResourcePolicy`, the name of a managed policy, `role_{role}_{inline policy}`. */
  readonly id: string;
  readonly text: string;
  /** What was read when the document was checked; it is not read again then. */
  readonly tree?: Policy | undefined;
}
