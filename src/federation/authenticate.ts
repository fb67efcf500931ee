/**
 * Who signed this request? In AWS's order (reference aws-federation 1.3, 7.3): scope → session token
 * opened and bound to the key → expiry → the role or user still there → the signature itself.
 */
import { iamArn, stsArn, type AccountId } from '../base/arn.ts';
import { parsePresignedV2, verifyPresignedV2 } from '../credentials/presigned-v2.ts';
import { openSecret } from '../credentials/sealed-secret.ts';
import { openSession } from '../credentials/session-token.ts';
import type { FederatedUserSession, RoleSession, Session, UserSession } from '../credentials/session.ts';
import { checkScope } from '../credentials/signature-v4/check-scope.ts';
import { chunkSignatures, type ChunkSignatures } from '../credentials/signature-v4/chunk-signature.ts';
import type { AuthenticationFault, CredentialFault } from '../credentials/signature-v4/fault.ts';
import { parseSignature } from '../credentials/signature-v4/parse-signature.ts';
import type { ParsedSignature } from '../credentials/signature-v4/parsed-signature.ts';
import type { SignedRequest } from '../credentials/signature-v4/signed-request.ts';
import { verifySignature } from '../credentials/signature-v4/verify-signature.ts';
import type { User } from '../storage/state/iam-records.ts';
import type { SignedCaller } from './caller.ts';
import { assumedRoleResource } from './role-arn.ts';
import type { Sojourn } from './sojourn.ts';

export type { SignedRequest } from '../credentials/signature-v4/signed-request.ts';
export type { ChunkSignatures } from '../credentials/signature-v4/chunk-signature.ts';

/** What authentication found. */
export type Authentication =
  | {
      readonly kind: 'authenticated';
      readonly caller: SignedCaller;
      /** Of the credential scope. */
      readonly region: string;
      /** Verifies the chunks of a streamed body, which chain on from this signature; undefined for a URL of Version 2. */
      readonly chunks: ChunkSignatures | undefined;
    }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'refused'; readonly fault: AuthenticationFault };

/** A caller and the secret that its requests must be signed with. */
interface KnownKey {
  readonly kind: 'key';
  readonly secret: string;
  readonly caller: SignedCaller;
}

/**
 * @param service the one the request reached; clients may sign for any region
 * @param now milliseconds since the epoch
 */
export async function authenticate(
  request: SignedRequest,
  service: string,
  now: number,
  sojourn: Sojourn,
): Promise<Authentication> {
  const parsed = parseSignature(request);
  if (parsed.kind === 'unsigned') return parsed;
  if (parsed.kind !== 'signature') return { kind: 'refused', fault: parsed };
  const misplaced = checkScope(parsed, { service, region: undefined, now });
  if (misplaced !== undefined) return { kind: 'refused', fault: misplaced };
  const known = await keyOf(parsed, now, sojourn);
  if (known.kind !== 'key') return { kind: 'refused', fault: known };
  const verified = verifySignature(parsed, request, known.secret, sojourn.signingKeys);
  if (verified.kind !== 'verified') return { kind: 'refused', fault: verified };
  return {
    kind: 'authenticated',
    caller: known.caller,
    region: parsed.scope.region,
    chunks: chunkSignatures(verified),
  };
}

/**
 * The same for S3 alone, where a presigned URL may also be of Version 2.
 *
 * @param bucketOfHost the bucket when the host named it
 */
export async function authenticateS3(
  request: SignedRequest,
  bucketOfHost: string | undefined,
  now: number,
  sojourn: Sojourn,
): Promise<Authentication> {
  const parsed = parsePresignedV2(request, now);
  if (parsed === undefined) return authenticate(request, 's3', now, sojourn);
  if (parsed.kind !== 'presignedV2') return { kind: 'refused', fault: parsed };
  const known = await keyOf(parsed, now, sojourn);
  if (known.kind !== 'key') return { kind: 'refused', fault: known };
  const fault = verifyPresignedV2(parsed, request, known.secret, bucketOfHost);
  if (fault !== undefined) return { kind: 'refused', fault };
  return { kind: 'authenticated', caller: known.caller, region: sojourn.region, chunks: undefined };
}

/** What either version of a signature says of its key. */
type Claimed = Pick<ParsedSignature, 'accessKeyId' | 'sessionToken'>;

async function keyOf(claimed: Claimed, now: number, sojourn: Sojourn): Promise<KnownKey | CredentialFault> {
  const { sessionToken } = claimed;
  if (sessionToken === undefined) return longTermKey(claimed, sojourn);
  return temporaryKey(claimed, sessionToken, now, sojourn);
}

async function longTermKey(parsed: Claimed, sojourn: Sojourn): Promise<KnownKey | CredentialFault> {
  const { accessKeyId } = parsed;
  const { rootAccessKey, account, state } = sojourn;
  if (accessKeyId === rootAccessKey.accessKeyId) {
    const caller: SignedCaller = {
      kind: 'root',
      account,
      arn: iamArn(account, 'root'),
      accessKeyId,
      session: undefined,
    };
    return { kind: 'key', secret: rootAccessKey.secretAccessKey, caller };
  }
  // A temporary key is known by its session token only.
  if (accessKeyId.startsWith('ASIA')) return notAccepted(parsed, 'tokenMissing');
  const key = await state.accessKeys.get(accessKeyId);
  if (key === undefined) return notAccepted(parsed, 'unknown');
  if (key.status !== 'Active') return notAccepted(parsed, 'inactive');
  const user = await state.users.get(`${key.account}/${key.userKey}`);
  if (user === undefined || !user.accessKeyIds.includes(key.id)) return notAccepted(parsed, 'principalGone');
  const secret = openSecret(key.sealedSecret, sojourn.keyRing);
  if (secret === undefined) return notAccepted(parsed, 'unknown');
  return {
    kind: 'key',
    secret,
    caller: { kind: 'user', account: key.account, arn: user.arn, accessKeyId, user, session: undefined },
  };
}

async function temporaryKey(
  parsed: Claimed,
  token: string,
  now: number,
  sojourn: Sojourn,
): Promise<KnownKey | CredentialFault> {
  const { accessKeyId } = parsed;
  const opened = openSession(token, sojourn.keyRing);
  if (opened.kind === 'malformed') return { kind: 'tokenMalformed', accessKeyId, token };
  if (opened.kind === 'foreign') return notAccepted(parsed, 'tokenForeign');
  const { session } = opened;
  if (session.accessKeyId !== accessKeyId) return notAccepted(parsed, 'tokenOfAnotherKey');
  if (session.expiresAt * 1000 <= now) return { kind: 'sessionExpired', token };
  const caller = await callerOf(session, sojourn);
  if (caller === undefined) return notAccepted(parsed, 'principalGone');
  return { kind: 'key', secret: session.secretAccessKey, caller };
}

/** The living principal behind a session; undefined when it is gone, or another now has its name. */
async function callerOf(session: Session, sojourn: Sojourn): Promise<SignedCaller | undefined> {
  switch (session.kind) {
    case 'role':
      return roleCaller(session, sojourn);
    case 'user':
      return userCaller(session, sojourn);
    case 'federatedUser':
      return federatedCaller(session, sojourn);
  }
}

async function roleCaller(session: RoleSession, sojourn: Sojourn): Promise<SignedCaller | undefined> {
  const { account, roleName, sessionName, accessKeyId } = session;
  const role = await sojourn.state.roles.get(`${account}/${roleName.toLowerCase()}`);
  if (role === undefined || role.id !== session.roleId) return undefined;
  const arn = stsArn(account, assumedRoleResource(role.name, sessionName));
  return { kind: 'role', account, arn, accessKeyId, role, session };
}

async function userCaller(session: UserSession, sojourn: Sojourn): Promise<SignedCaller | undefined> {
  const { account, accessKeyId } = session;
  if (session.userName === undefined) {
    return { kind: 'root', account, arn: iamArn(account, 'root'), accessKeyId, session };
  }
  const user = await userOf(account, session.userName, session.userId, sojourn);
  return user === undefined ? undefined : { kind: 'user', account, arn: user.arn, accessKeyId, user, session };
}

async function federatedCaller(session: FederatedUserSession, sojourn: Sojourn): Promise<SignedCaller | undefined> {
  const { account, accessKeyId, name, userName } = session;
  const user = userName === undefined ? undefined : await userOf(account, userName, session.userId, sojourn);
  if (userName !== undefined && user === undefined) return undefined;
  const issuerArn = user?.arn ?? iamArn(account, 'root');
  return {
    kind: 'federatedUser',
    account,
    arn: stsArn(account, `federated-user/${name}`),
    accessKeyId,
    issuerArn,
    user,
    session,
  };
}

async function userOf(
  account: AccountId,
  name: string,
  id: string | undefined,
  sojourn: Sojourn,
): Promise<User | undefined> {
  const user = await sojourn.state.users.get(`${account}/${name.toLowerCase()}`);
  return user !== undefined && user.id === id ? user : undefined;
}

function notAccepted(
  parsed: Claimed,
  why: Extract<CredentialFault, { kind: 'keyNotAccepted' }>['why'],
): CredentialFault {
  return { kind: 'keyNotAccepted', accessKeyId: parsed.accessKeyId, why };
}
