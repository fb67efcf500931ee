/** Placeholder so that the contracts type-check; the credentials folder replaces this file. */
export interface KeyRing {
  readonly currentKeyId: string;
}
