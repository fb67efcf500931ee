/** Reads a body that must be whole before it means anything: forms. */
import type { Body } from '../wire/body.ts';

/** The bytes, or `tooLarge` as soon as there are more than `limit` of them. */
export async function readBody(body: Body, limit: number): Promise<Buffer | 'tooLarge'> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limit) return 'tooLarge';
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] instanceof Buffer ? chunks[0] : Buffer.concat(chunks);
}
