/** Which service a request is for: by credential scope when it is signed, else by what only one service sends. */
import type { ServiceModel } from '../wire/model.ts';
import type { Incoming } from './incoming.ts';

export type ServiceName = ServiceModel['service'];

/** Where a request goes. */
export type Route =
  | { readonly kind: 'service'; readonly service: ServiceName }
  /** Nothing but STS's or IAM's own host name, as a browser asks: no action, no form, no signature. */
  | { readonly kind: 'bare' }
  /** `/_sojourn/…`: Sojourn's own pages; no bucket name starts with an underscore. */
  | { readonly kind: 'own'; readonly path: string };

const OWN = '/_sojourn/';

/** Decides from the head alone; the body is not read. */
export function routeOf(incoming: Incoming): Route {
  if (incoming.rawPath.startsWith(OWN)) return { kind: 'own', path: incoming.rawPath.slice(OWN.length - 1) };
  const scoped = scopedService(incoming);
  if (scoped !== undefined) {
    if (isService(scoped)) return { kind: 'service', service: scoped };
    // Signed for a service that Sojourn does not speak: the one that the form suggests says so in its own words.
  }
  if (isBare(incoming, scoped)) return { kind: 'bare' };
  const targeted = targetedService(incoming);
  if (targeted !== undefined) return { kind: 'service', service: targeted };
  return { kind: 'service', service: isQueryCall(incoming) ? queryService(incoming) : 's3' };
}

function isService(name: string): name is ServiceName {
  return name === 'sts' || name === 'iam' || name === 's3' || name === 'organizations' || name === 'cloudtrail';
}

/** AWS's own names of the two, which lead here only where somebody has made them; others may be names of buckets. */
const QUERY_HOST = /^(?:sts|iam)(?:\.[a-z0-9-]{1,32})?\.amazonaws\.com(?:\.cn)?(?::[0-9]{1,5})?$/i;

/** See docs/decisions/0005: on one listener only the host tells whose bare request it is. */
function isBare(incoming: Incoming, scoped: string | undefined): boolean {
  if (scoped !== undefined || incoming.rawPath !== '/' || !QUERY_HOST.test(incoming.host)) return false;
  return !isQueryCall(incoming) && incoming.http.headers['x-amz-target'] === undefined;
}

/** An unsigned call of a JSON service still names it in `X-Amz-Target`. */
function targetedService(incoming: Incoming): ServiceName | undefined {
  const target = incoming.http.headers['x-amz-target'];
  if (target?.startsWith('AWSOrganizationsV20161128.') === true) return 'organizations';
  return target?.startsWith('com.amazonaws.cloudtrail.v20131101.') === true ? 'cloudtrail' : undefined;
}

/** The service in `Credential=KEY/DATE/REGION/SERVICE/aws4_request`, of header or presigned URL. */
function scopedService(incoming: Incoming): string | undefined {
  const authorization = incoming.http.headers['authorization'];
  const credential =
    authorization === undefined
      ? incoming.http.query.get('X-Amz-Credential')
      : /Credential=([^,\s]*)/.exec(authorization)?.[1];
  const parts = credential?.split('/');
  // An access key id may itself hold no slash: five parts, the service is the fourth.
  return parts?.length === 5 ? parts[3] : undefined;
}

/** The unsigned call of STS comes as a form on `/`, or as `GET /?Action=…`. */
function isQueryCall(incoming: Incoming): boolean {
  if (incoming.rawPath !== '/') return false;
  const type = incoming.http.headers['content-type'] ?? '';
  if (incoming.http.method === 'POST') return type.startsWith('application/x-www-form-urlencoded');
  return incoming.http.query.has('Action');
}

function queryService(incoming: Incoming): ServiceName {
  const version = incoming.http.query.get('Version');
  return version === '2010-05-08' ? 'iam' : 'sts';
}
