/**
 * Which S3 operation a request is for: by method, by what it addresses, and by the query parameters
 * that mark subresources. The markers come from the bindings of every operation of the model,
 * also of those without a table here, so that `GET /b?analytics` is never taken for ListObjects.
 */
import { ServiceError } from '../base/service-error.ts';
import type { ServiceModel } from './model.ts';
import { structureOf } from './shape-of.ts';
import { readS3Address } from './rest-path.ts';
import type { S3Address } from './rest-path.ts';

/** What routing looks at. */
export interface RestHead {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly host: string;
  /** Decoded; names lower-cased in `headers` only. */
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
}

/** The operation that a request means, and what it addresses. */
export interface S3Route extends S3Address {
  /** Name in the model. */
  readonly operation: string;
  /** False when the operation has no table here: to be refused with `NotImplemented`. */
  readonly known: boolean;
}

type Level = 'service' | 'bucket' | 'object';

interface Candidate {
  readonly operation: string;
  readonly known: boolean;
  readonly method: string;
  readonly level: Level;
  /** Query parameters that must be there; with a value when the binding says one (`list-type=2`). */
  readonly markers: ReadonlyMap<string, string>;
  /** `x-amz-copy-source` tells a copy from an upload. */
  readonly header: string | undefined;
  /** Query parameters that its input has: never a sign of another operation. */
  readonly parameters: ReadonlySet<string>;
}

/** Names of the model that a later one of the same binding has replaced, and one of another endpoint. */
const NOT_ROUTED: ReadonlySet<string> = new Set([
  'GetBucketLifecycle',
  'PutBucketLifecycle',
  'GetBucketNotification',
  'PutBucketNotification',
  'ListDirectoryBuckets',
  'WriteGetObjectResponse',
]);

const COPY_SOURCE = 'x-amz-copy-source';
/** Tells one of many configurations from all of them; by itself it marks nothing. */
const CONFIGURATION_ID = 'id';

/**
 * A router for the S3 model.
 *
 * The router throws `MethodNotAllowed` 405 when nothing answers that method there (a subresource of
 * another method included: `DELETE /b?versions` never deletes the bucket), `InvalidArgument` for
 * parameters of two operations at once, `InvalidURI` for a path that cannot be decoded.
 *
 * @param hostSuffixes see `readS3Address`
 */
export function makeS3Router(model: ServiceModel, hostSuffixes: readonly string[]): (head: RestHead) => S3Route {
  const candidates = [...knownCandidates(model), ...otherCandidates(model)];
  const markersOf = (level: Level): ReadonlySet<string> =>
    new Set(
      candidates
        .filter((candidate) => candidate.level === level)
        .flatMap(({ markers }) => [...markers.keys()])
        .filter((name) => name !== CONFIGURATION_ID),
    );
  const levels = { service: markersOf('service'), bucket: markersOf('bucket'), object: markersOf('object') };
  return (head) => {
    const address = readS3Address(head.host, head.path, hostSuffixes);
    const level = address.bucket === undefined ? 'service' : address.key === undefined ? 'bucket' : 'object';
    const here = candidates.filter((candidate) => candidate.method === head.method && candidate.level === level);
    const best = mostSpecific(here.filter((candidate) => matches(candidate, head)));
    if (best === undefined) throw methodNotAllowed(head.method);
    refuseLeftOver(best, here, levels[level], head);
    return { operation: best.operation, known: best.known, ...address };
  };
}

function matches(candidate: Candidate, head: RestHead): boolean {
  if (candidate.header !== undefined && head.headers[candidate.header] === undefined) return false;
  for (const [name, value] of candidate.markers) {
    const sent = head.query.get(name);
    if (sent === undefined || (value !== '' && sent !== value)) return false;
  }
  return true;
}

function mostSpecific(candidates: readonly Candidate[]): Candidate | undefined {
  // One marker outweighs the header: a copy source sent along with `?tagging` does not make it a copy.
  const weight = ({ markers, header }: Candidate): number => 2 * markers.size + (header === undefined ? 0 : 1);
  return candidates.reduce<Candidate | undefined>(
    (best, candidate) => (best === undefined || weight(candidate) > weight(best) ? candidate : best),
    undefined,
  );
}

/** A marker that the chosen operation does not know means that another was meant: doing this one would be wrong. */
function refuseLeftOver(
  chosen: Candidate,
  here: readonly Candidate[],
  markers: ReadonlySet<string>,
  head: RestHead,
): void {
  for (const name of head.query.keys()) {
    if (!markers.has(name) || chosen.markers.has(name) || chosen.parameters.has(name)) continue;
    if (!here.some((candidate) => candidate.markers.has(name))) throw methodNotAllowed(head.method);
    const conflicting = [...chosen.markers.keys(), name].sort().join(', ');
    const message =
      chosen.markers.size > 0
        ? `Conflicting query string parameters: ${conflicting}`
        : `This operation does not accept the query parameter ${name} alone.`;
    throw new ServiceError('InvalidArgument', 400, message, {
      details: { ArgumentName: 'ResourceType', ArgumentValue: name },
    });
  }
}

function methodNotAllowed(method: string): ServiceError {
  return new ServiceError('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.', {
    details: { Method: method },
  });
}

function knownCandidates(model: ServiceModel): readonly Candidate[] {
  return Object.entries(model.operations)
    .filter(([operation]) => !NOT_ROUTED.has(operation))
    .map(([operation, { http, input }]) => {
      const { level, markers } = readBinding(http.requestUri);
      const parameters = new Set<string>();
      let header: string | undefined;
      const shape = input === undefined ? undefined : structureOf(model, input);
      for (const [name, member] of Object.entries(shape?.members ?? {})) {
        const required = shape?.required?.includes(name) === true;
        if (member.location === 'querystring') {
          parameters.add(member.locationName ?? name);
          // UploadPart is PutObject but for two parameters that it requires.
          if (required) markers.set(member.locationName ?? name, '');
        }
        if (required && member.locationName === COPY_SOURCE) header = COPY_SOURCE;
      }
      return { operation, known: true, method: http.method, level, markers, header, parameters };
    });
}

function otherCandidates(model: ServiceModel): readonly Candidate[] {
  return Object.entries(model.others)
    .filter(([operation]) => !NOT_ROUTED.has(operation))
    .map(([operation, http]) => {
      const { level, markers } = readBinding(http.requestUri);
      // Of `?analytics`, `?inventory`, … one configuration is asked for by its id, all of them without.
      const oneOfMany = operation.endsWith('Configuration') && http.method === 'GET' && hasList(model, http.requestUri);
      if (oneOfMany) markers.set(CONFIGURATION_ID, '');
      const parameters = new Set([CONFIGURATION_ID, ...markers.keys()]);
      return { operation, known: false, method: http.method, level, markers, header: undefined, parameters };
    });
}

function hasList(model: ServiceModel, requestUri: string): boolean {
  return Object.entries(model.others).some(
    ([operation, http]) => operation.startsWith('List') && http.requestUri === requestUri,
  );
}

/** `/{Bucket}?list-type=2` → bucket, list-type → 2. */
function readBinding(requestUri: string): { readonly level: Level; readonly markers: Map<string, string> } {
  const [path = '', query = ''] = requestUri.split('?');
  const level = path.includes('{Key+}') ? 'object' : path.includes('{Bucket}') ? 'bucket' : 'service';
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('='));
  return { level, markers: new Map(pairs.map(([name = '', value = '']) => [name, value])) };
}
