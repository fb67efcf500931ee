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
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
  }
  return lastText;
}

/** The text asked for last: a busy server asks for the same second hundreds of times. */
let lastSecond = 0;
let lastText = '1970-01-01T00:00:00Z';
