/** The components that header and query share: the credential with its scope, and the signed headers. */
import type { SignatureFault, SignaturePlace } from './fault.ts';
import type { CredentialScope } from './parsed-signature.ts';

const ACCESS_KEY_ID = /^[A-Za-z0-9_]{1,128}$/;
/** A field name of RFC 9110 section 5.1 in lower case; HTTP/2's `:authority` stands for `host`. */
const HEADER_NAME = /^:?[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** More than any client signs. */
const MAX_SIGNED_HEADERS = 256;

/** `keyid/date/region/service/terminator`, five elements; what they say is checked later, by `checkScope`. */
export function readCredential(
  text: string,
  place: SignaturePlace,
): { readonly kind: 'credential'; readonly accessKeyId: string; readonly scope: CredentialScope } | SignatureFault {
  const elements = text.split('/');
  const [accessKeyId, date, region, service, terminator] = elements;
  if (
    elements.length !== 5 ||
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    !ACCESS_KEY_ID.test(accessKeyId)
  ) {
    return { kind: 'malformedCredential', place, elements: elements.length };
  }
  return { kind: 'credential', accessKeyId, scope: { date, region, service, terminator } };
}

/** `host;x-amz-date`; `host` must be among them, or the signature would hold at another host. */
export function readSignedHeaders(
  text: string,
  place: SignaturePlace,
): { readonly kind: 'names'; readonly names: readonly string[] } | SignatureFault {
  const names = text.split(';');
  if (names.length > MAX_SIGNED_HEADERS || !names.every((name) => HEADER_NAME.test(name))) {
    return { kind: 'malformedComponent', place, component: 'SignedHeaders' };
  }
  if (!names.includes('host') && !names.includes(':authority')) return { kind: 'hostNotSigned', place };
  return { kind: 'names', names };
}
