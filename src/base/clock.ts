/** Time and chance come in as values: the ground has neither of its own. */

/** Milliseconds since the epoch, UTC. */
export interface Clock {
  now(): number;
}

/** A source of cryptographically strong bytes. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** `2026-09-11T11:48:26Z`: the form of times in STS and IAM answers. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
