/** Everything a use case may reach: the ports and the few settings, built once by the CLI. */
import type { AccountId } from '../base/arn.ts';
import type { Clock, Random } from '../base/clock.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import type { SigningKeyCache } from '../credentials/signature-v4/signing-key.ts';
import type { IssuerKeys } from '../issuers/issuer-keys.ts';
import type { PolicyCache } from '../policy/policy-cache.ts';
import type { Objects } from '../storage/objects/objects.ts';
import type { State } from '../storage/state/state.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { LastUses } from './last-uses.ts';
import type { ClaimToTag } from '../tokens/claims-to-tags.ts';
import type { UsedTokens } from './used-tokens.ts';

/** The root user's long-term key: from the configuration, or made at the first start. */
export interface RootAccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One running Sojourn, as use cases see it. */
export interface Sojourn {
  readonly state: State;
  readonly objects: Objects;
  readonly issuerKeys: IssuerKeys;
  readonly keyRing: KeyRing;
  readonly policies: PolicyCache;
  readonly signingKeys: SigningKeyCache;
  readonly rootAccessKey: RootAccessKey;
  readonly clock: Clock;
  readonly random: Random;
  /** The account that root's key and unsigned calls belong to. */
  readonly account: AccountId;
  /** The region that this Sojourn says it is in; any region in a credential scope is accepted. */
  readonly region: string;
  /** Where others reach this Sojourn, without a slash at the end: its own tokens name an issuer below it. */
  readonly publicUrl: () => string;
  readonly lastUses: LastUses;
  readonly auditTrail: AuditTrail;
  /** Whether accounts are held to AWS's default quotas of roles, users, groups, policies and instance profiles. */
  readonly accountQuotas?: boolean;
  /** Claims that become session tags, by issuer without `https://`. Beyond AWS; none unless configured. */
  readonly claimsToTags?: ReadonlyMap<string, readonly ClaimToTag[]>;
  /** The tokens of issuers whose tokens are good for one session only. Beyond AWS; unset unless configured. */
  readonly usedTokens?: UsedTokens;
}
