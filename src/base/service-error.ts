/** What a Sojourn service answers when it refuses: the one thing operations throw. */

/** Who is at fault, as the query protocol prints it: the client (4xx) or the service (5xx). */
export type Fault = 'Sender' | 'Receiver';

/**
 * A refusal as the client will see it. One place in the server turns it into bytes.
 *
 * `message` is AWS's sentence and goes on the wire; it never holds a token, a key or a signature.
 * `details` are further elements of the error document (S3's `BucketName`, `Region`, …), `headers`
 * those that S3 answers beside it, lower-cased.
 * `reason` is for the operator's audit log only. `logged` is the sentence as the log keeps it, when
 * `message` quotes what the client sent and what may be a secret in the wrong place.
 */
export class ServiceError extends Error {
  override readonly name: string = 'ServiceError';
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly reason: string | undefined;
  readonly logged: string;

  constructor(code: string, status: number, message: string, options: RefusalFacts = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
    this.reason = options.reason;
    this.logged = options.logged ?? message;
  }

  get fault(): Fault {
    return this.status >= 500 ? 'Receiver' : 'Sender';
  }
}

/** What an error says beyond code and message; see {@link ServiceError}. */
export interface RefusalFacts {
  readonly details?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly reason?: string;
  readonly logged?: string;
}

/** What {@link errorTable} makes: throws nothing itself, returns the error to throw. */
export type ErrorFactory<Code extends string> = (code: Code, message: string, options?: RefusalFacts) => ServiceError;

/**
 * A service's closed table of error codes and HTTP statuses, as a factory: a code that is not in
 * the table does not compile.
 *
 * @param statuses code → HTTP status, from the public service model
 */
export function errorTable<const Table extends Readonly<Record<string, number>>>(
  statuses: Table,
): ErrorFactory<keyof Table & string> {
  return (code, message, options) => {
    const status = statuses[code];
    return new ServiceError(code, status ?? 500, message, options);
  };
}
