/** Placeholder so that the contracts type-check; the tokens folder replaces this file. */
export interface KeySet {
  readonly size: number;
}
