/**
 * GitHub's REST endpoints for the `sub` of a repository's or an organisation's tokens, and what they set
 * (reference oidc-issuers 1.6). Kept in memory: a rehearsal begins with GitHub's defaults.
 */
import { github } from '../../idp/github.ts';
import type { MintOptions } from '../../idp/profile.ts';
import { methods, notFromHere, refusal, reply, type IssuerReply, type IssuerRequest } from './issuer-http.ts';

/** What a repository has set. */
interface RepositorySubject {
  readonly useDefault: boolean;
  readonly includeClaimKeys: readonly string[] | undefined;
  readonly immutable: boolean;
}

/** The endpoints' path below `repos/{owner}/{repo}/` or `orgs/{org}/`. */
const ENDPOINT = /^(?:repos\/([^/]{1,100})\/([^/]{1,100})|orgs\/([^/]{1,100}))\/actions\/oidc\/customization\/sub$/;
/** Repositories and organisations remembered. */
const LIMIT = 1000;
const KEY_LIMIT = 50;
const UNSET: RepositorySubject = { useDefault: true, includeClaimKeys: undefined, immutable: false };

/** The settings of all repositories and organisations of one development issuer. */
export class SubjectCustomization {
  /** By lower-cased name: GitHub's are the same in any case. */
  readonly #repositories = new Map<string, RepositorySubject>();
  readonly #organisations = new Map<string, readonly string[]>();

  /** Whether the path, without its leading slash, is one of the endpoints. */
  answers(path: string): boolean {
    return ENDPOINT.test(path);
  }

  /**
   * Answers an endpoint.
   *
   * @param hosts names under which settings may be changed, beside loopback's
   */
  answer(path: string, request: IssuerRequest, hosts: readonly string[]): IssuerReply {
    const [, owner = '', repository = '', organisation] = ENDPOINT.exec(path) ?? [];
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return organisation === undefined
          ? this.#repository(`${owner}/${repository}`)
          : this.#organisation(organisation);
      case 'PUT':
        return (
          notFromHere(request, hosts) ??
          (organisation === undefined
            ? this.#setRepository(`${owner}/${repository}`, bodyOf(request))
            : this.#setOrganisation(organisation, bodyOf(request)))
        );
      default:
        return methods(['GET', 'PUT']);
    }
  }

  /** A job's options with what its repository and organisation have set; the job's own words win. */
  applied(options: MintOptions): MintOptions {
    const name = textOf(options['repository']) ?? 'my-org/my-repo';
    const set = this.#repositories.get(name.toLowerCase()) ?? UNSET;
    const ofOrganisation = this.#organisations.get(name.split('/')[0]?.toLowerCase() ?? '');
    // An organisation's template acts on repositories that opted out of the default without keys of their own.
    const keys = set.useDefault ? undefined : (set.includeClaimKeys ?? ofOrganisation);
    return {
      ...(keys !== undefined && { 'include-claim-keys': keys.join(',') }),
      ...(set.immutable && { 'immutable-sub': true }),
      ...options,
    };
  }

  #repository(name: string): IssuerReply {
    const set = this.#repositories.get(name.toLowerCase()) ?? UNSET;
    return reply(200, {
      use_default: set.useDefault,
      ...(set.includeClaimKeys !== undefined && { include_claim_keys: set.includeClaimKeys }),
      use_immutable_subject: set.immutable,
      sub_claim_prefix: prefixOf(name, set.immutable),
    });
  }

  #organisation(name: string): IssuerReply {
    return reply(200, { include_claim_keys: this.#organisations.get(name.toLowerCase()) ?? ['repo', 'context'] });
  }

  #setRepository(name: string, body: Readonly<Record<string, unknown>> | undefined): IssuerReply {
    const useDefault = body?.['use_default'];
    const immutable = body?.['use_immutable_subject'] ?? false;
    const keys = body?.['include_claim_keys'];
    const includeClaimKeys = keys === undefined ? undefined : claimKeys(keys);
    if (typeof useDefault !== 'boolean') return refusal(422, 'use_default is true or false.');
    if (typeof immutable !== 'boolean') return refusal(422, 'use_immutable_subject is true or false.');
    if (keys !== undefined && includeClaimKeys === undefined) return WRONG_KEYS;
    if (this.#repositories.size >= LIMIT) this.#repositories.clear();
    this.#repositories.set(name.toLowerCase(), {
      useDefault,
      includeClaimKeys: useDefault ? undefined : includeClaimKeys,
      immutable,
    });
    return reply(201, {});
  }

  #setOrganisation(name: string, body: Readonly<Record<string, unknown>> | undefined): IssuerReply {
    const keys = claimKeys(body?.['include_claim_keys']);
    if (keys === undefined) return WRONG_KEYS;
    if (this.#organisations.size >= LIMIT) this.#organisations.clear();
    this.#organisations.set(name.toLowerCase(), keys);
    return reply(201, {});
  }
}

const WRONG_KEYS = refusal(422, 'include_claim_keys is a list of claim names: letters, digits and _.');

/** What a token's `sub` begins with: as minted, up to the context. */
function prefixOf(repository: string, immutable: boolean): string {
  const options = { repository, ref: 'refs/heads/main', ...(immutable && { 'immutable-sub': true as const }) };
  const minted = github.mint(options, { now: 0, audience: undefined, jti: '' });
  const sub = minted.kind === 'claims' ? textOf(minted.claims['sub']) : undefined;
  return sub?.replace(/:ref:refs\/heads\/main$/, '') ?? `repo:${repository}`;
}

function claimKeys(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > KEY_LIMIT) return undefined;
  const keys = value.filter((key) => typeof key === 'string' && /^[A-Za-z0-9_]{1,100}$/.test(key));
  return keys.length === value.length ? keys : undefined;
}

function bodyOf({ body }: IssuerRequest): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
