/** Placeholder shapes so that the contracts type-check; the policy folder replaces this file. */
export interface CompiledPolicy {
  readonly text: string;
}
export interface CompiledStatement {
  readonly index: number;
}
