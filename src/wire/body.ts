/** Bytes on their way through: a request's or an answer's streamed body, pulled by its reader. */
export type Body = AsyncIterable<Uint8Array>;
