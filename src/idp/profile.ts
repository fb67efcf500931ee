/** The shape of everything that Sojourn knows about one identity provider. One file a provider; `profiles.ts` lists them. */

/** A claim that AWS exposes as a condition key (reference aws-federation 4.1). Claims not listed never become keys. */
export interface ClaimKey {
  /** Last part of the condition key: `repository`, `google/organization_number`. */
  readonly key: string;
  /** Where the value stands in the token: alternatives in order, each a path of member names. */
  readonly claim: readonly (readonly string[])[];
  readonly type: 'String' | 'Numeric';
  readonly multivalued: boolean;
  /** Whether the issued session keeps the key in its context. */
  readonly inSession: boolean;
}

/** The claims of a verified token: parsed JSON, values as they came. */
export type Claims = Readonly<Record<string, unknown>>;

/** A parameter of a simulated job, as `sojourn token PROVIDER --name value` takes it. */
export interface MintOption {
  readonly name: string;
  readonly help: string;
  readonly example: string;
  /** A flag takes no value. */
  readonly flag?: true;
}

/** What {@link IdentityProvider.mint} answers: the claims, or a sentence saying why no such job exists. */
export type Minted =
  | { readonly kind: 'claims'; readonly claims: Record<string, unknown> }
  | { readonly kind: 'impossible'; readonly why: string };

/** An environment variable that holds a job's token. */
export interface TokenVariable {
  readonly name: string;
  /** What the token in it has beside the job's own options. */
  readonly options?: MintOptions;
}

/** Everything about one provider. Pure: time, ids and randomness come in. */
export interface IdentityProvider {
  /** The word in the CLI and docs: `github`, `gitlab`, `circleci`, … */
  readonly name: string;
  readonly title: string;
  /** Whether tokens of this issuer (URL without `https://`, path kept) are this provider's. */
  matches(issuer: string): boolean;
  /** Provider-specific keys beyond aud, sub, amr, oaud and email. */
  readonly keys: readonly ClaimKey[];
  /** The issuer (with `https://`) that a job with these options would name. */
  issuer(options: MintOptions): string;
  /** What `aud` is when the job does not ask for one. */
  defaultAudience(options: MintOptions): string;
  readonly options: readonly MintOption[];
  /** The `kid` form that this issuer's keys have: the development issuer makes the same. */
  readonly kidForm: 'uuid' | 'hex40' | 'base64url43';
  /** The variables in which a job finds its token; left out where it asks for it in another way. */
  readonly variables?: readonly TokenVariable[];
  /** The claims of the token that such a job would get. */
  mint(options: MintOptions, at: MintMoment): Minted;
}

/** Option name → value, `true` for a flag; names as in {@link IdentityProvider.options}. */
export type MintOptions = Readonly<Record<string, string | true | undefined>>;

export interface MintMoment {
  /** Seconds since the epoch. */
  readonly now: number;
  /** The audience asked for; undefined: the provider's default. */
  readonly audience: string | undefined;
  /** A fresh UUID, for `jti`. */
  readonly jti: string;
}
