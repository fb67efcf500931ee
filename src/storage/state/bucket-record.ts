/** A bucket as Sojourn keeps it; its objects live behind the object port. */
import type { AccountId } from '../../base/arn.ts';
import type { Tag } from '../../base/tags.ts';

/** Names are global: the first account to take one has it. */
export interface Bucket {
  readonly name: string;
  readonly account: AccountId;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly createDate: number;
  readonly policy: string | undefined;
  readonly tags: readonly Tag[];
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  /** Sub-resources kept as they were put, by name (`publicAccessBlock`, `ownershipControls`, `encryption`, …). */
  readonly configurations: Readonly<Record<string, string>>;
}
