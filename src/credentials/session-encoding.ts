/**
 * A session as the bytes inside its token: JSON with short names, so that the token stays small.
 * Reading is strict although only sealed bytes get here: a key that was shared with another version
 * must not make a session with a missing role id or an endless lifetime.
 */
import { Buffer } from 'node:buffer';
import type { AccountId } from '../base/arn.ts';
import { isAccountId } from '../base/arn.ts';
import type { Session } from './session.ts';

type Json = Readonly<Record<string, unknown>>;
type Carried = Readonly<Record<string, string | readonly string[]>>;

/** The bytes to seal. Members that are undefined take no room. */
export function encodeSession(session: Session): Buffer {
  return Buffer.from(JSON.stringify({ ...encodeFacts(session), ...encodeKind(session) }));
}

/** The session in `bytes`; undefined when a member is missing, unknown or of the wrong type. */
export function decodeSession(bytes: Buffer): Session | undefined {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isRecord(json)) return undefined;
  const members = new Members(json);
  const session = decodeKind(members);
  return members.complete() ? session : undefined;
}

function encodeFacts(session: Session): Json {
  return {
    a: session.account,
    i: session.accessKeyId,
    s: session.secretAccessKey,
    t: session.issuedAt,
    e: session.expiresAt,
    p: session.policy,
    pa: session.policyArns,
    g: session.tags,
    tt: session.transitiveTagKeys,
    si: session.sourceIdentity,
  };
}

function encodeKind(session: Session): Json {
  switch (session.kind) {
    case 'role':
      return {
        k: 'r',
        ri: session.roleId,
        rn: session.roleName,
        sn: session.sessionName,
        fp: session.federatedProvider,
        c: session.carried,
        ch: session.chained,
      };
    case 'user':
      return { k: 'u', ui: session.userId, un: session.userName };
    case 'federatedUser':
      return { k: 'f', n: session.name, ui: session.userId, un: session.userName };
    default:
      return session satisfies never;
  }
}

function decodeKind(members: Members): Session | undefined {
  const account = members.account('a');
  if (account === undefined) return undefined;
  const kind = members.text('k');
  const facts = {
    account,
    accessKeyId: members.text('i'),
    secretAccessKey: members.text('s'),
    issuedAt: members.seconds('t'),
    expiresAt: members.seconds('e'),
    policy: members.optional('p', isText),
    policyArns: members.optional('pa', isTexts),
    tags: members.optional('g', isTextRecord),
    transitiveTagKeys: members.optional('tt', isTexts),
    sourceIdentity: members.optional('si', isText),
  };
  switch (kind) {
    case 'r':
      return {
        kind: 'role',
        ...facts,
        roleId: members.text('ri'),
        roleName: members.text('rn'),
        sessionName: members.text('sn'),
        federatedProvider: members.optional('fp', isText),
        carried: members.optional('c', isCarried),
        chained: members.optional('ch', isTrue),
      };
    case 'u':
      return { kind: 'user', ...facts, ...decodeUser(members) };
    case 'f':
      return { kind: 'federatedUser', ...facts, name: members.text('n'), ...decodeUser(members) };
    default:
      return undefined;
  }
}

function decodeUser(members: Members): { readonly userId: string | undefined; readonly userName: string | undefined } {
  return { userId: members.optional('ui', isText), userName: members.optional('un', isText) };
}

/** Reads members by name and remembers whether every one was there, right, and known. */
class Members {
  readonly #json: Json;
  #read = 0;
  #sound = true;

  constructor(json: Json) {
    this.#json = json;
  }

  text(name: string): string {
    const value = this.#take(name);
    if (isText(value)) return value;
    this.#sound = false;
    return '';
  }

  account(name: string): AccountId | undefined {
    const value = this.text(name);
    return isAccountId(value) ? value : undefined;
  }

  seconds(name: string): number {
    const value = this.#take(name);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    this.#sound = false;
    return 0;
  }

  optional<T>(name: string, is: (value: unknown) => value is T): T | undefined {
    if (!Object.hasOwn(this.#json, name)) return undefined;
    const value = this.#take(name);
    if (is(value)) return value;
    this.#sound = false;
    return undefined;
  }

  /** True when all reads succeeded and no member is left over. */
  complete(): boolean {
    return this.#sound && this.#read === Object.keys(this.#json).length;
  }

  #take(name: string): unknown {
    if (!Object.hasOwn(this.#json, name)) return undefined;
    this.#read++;
    return this.#json[name];
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTrue(value: unknown): value is true {
  return value === true;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every(isText);
}

function isCarried(value: unknown): value is Carried {
  return isRecord(value) && Object.values(value).every((item) => isText(item) || isTexts(item));
}
