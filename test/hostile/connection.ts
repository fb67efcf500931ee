/** HTTP by hand: exactly the bytes that a test wants on the wire, and the answers as they come back. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Milliseconds that one answer may take on a busy machine. */
const ANSWER_LIMIT = 40_000;

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** One TCP connection to the server. */
export interface Connection {
  readonly socket: Socket;
  /** Resolves when the bytes are with the operating system, or the connection is gone. */
  send(bytes: string | Uint8Array): Promise<void>;
  /** The next answer, informational ones (100) too. Rejects when the connection ends before it is whole. */
  answer(): Promise<Answer>;
  /** Resolves when the server has closed its side. */
  readonly ended: Promise<void>;
  /** Goes away in the middle of whatever is going on. */
  cut(): void;
}

export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.setNoDelay(true);
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  let isOver = false;
  let wake = (): void => undefined;
  const over = (): void => {
    isOver = true;
    wake();
  };
  const ended = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', () => resolve());
  });
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    wake();
  });
  // A reset by the server is an end like any other: what was received before it counts.
  socket.on('error', over);
  socket.on('end', over);
  socket.on('close', over);
  return {
    socket,
    ended,
    send: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    cut: () => socket.destroy(),
    answer: async () => {
      const until = Date.now() + ANSWER_LIMIT;
      for (;;) {
        const read = readAnswer(received);
        if (read !== undefined) {
          received = received.subarray(read.length);
          return read.answer;
        }
        if (isOver) throw new Error(`the connection ended after ${received.length} bytes of an answer`);
        const left = until - Date.now();
        if (left <= 0) throw new Error('no answer in time');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
  };
}

/** The whole answer at the start of `bytes` and its length; undefined while there is more to come. */
function readAnswer(bytes: Buffer): { readonly answer: Answer; readonly length: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const start = headEnd + 4;
  const bodiless = status < 200 || status === 204 || status === 304;
  const content =
    headers.get('transfer-encoding') === 'chunked'
      ? readChunks(bytes, start)
      : readCounted(bytes, start, bodiless ? 0 : Number(headers.get('content-length') ?? 0));
  if (content === undefined) return undefined;
  return { answer: { status, headers, body: content.body }, length: content.end };
}

interface Content {
  readonly body: string;
  readonly end: number;
}

function readCounted(bytes: Buffer, start: number, length: number): Content | undefined {
  const end = start + length;
  return bytes.length < end ? undefined : { body: bytes.toString('utf8', start, end), end };
}

function readChunks(bytes: Buffer, start: number): Content | undefined {
  const parts: Buffer[] = [];
  for (let position = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', position);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', position, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return undefined;
    if (size === 0) return { body: Buffer.concat(parts).toString('utf8'), end };
    parts.push(bytes.subarray(lineEnd + 2, end - 2));
    position = end;
  }
}

/** A request's head. `target` and `headers` go as they are; nothing is added. */
export function head(method: string, target: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** One request on a connection of its own. */
export async function exchange(url: string, ...pieces: readonly (string | Uint8Array)[]): Promise<Answer> {
  const connection = await openConnection(url);
  try {
    for (const piece of pieces) void connection.send(piece);
    return await connection.answer();
  } finally {
    connection.cut();
  }
}
