/**
 * A decision with everything that led to it. Allow or deny is one field of it; an explanation is a
 * rendering of it, never a second evaluation.
 */
import type { Arn } from '../base/arn.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import type { CompiledCondition } from './condition.ts';
import type { ContextValue, RequestContext } from './context.ts';
import type { Naming } from './principal-pattern.ts';

/** What kind of policy spoke. The words are those of AWS's denial messages. */
export type PolicyType = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'trust';

/** A compiled policy together with where it hangs. */
export interface AttachedPolicy {
  readonly type: PolicyType;
  /** ARN of a managed policy, or `inline:role/deploy/S3Access`, `trust:role/deploy`, `bucket:name`. */
  readonly source: string;
  readonly policy: CompiledPolicy;
}

/** Who asks, as `Principal` elements see it. */
export type Principal =
  | { readonly kind: 'root'; readonly account: string; readonly arn: Arn }
  | { readonly kind: 'user'; readonly account: string; readonly arn: Arn; readonly id: string }
  | {
      readonly kind: 'assumedRole';
      readonly account: string;
      /** `arn:aws:sts::A:assumed-role/role/session` */
      readonly arn: Arn;
      /** `arn:aws:iam::A:role/path/role` */
      readonly roleArn: Arn;
      readonly id: string;
    }
  | {
      readonly kind: 'federatedUser';
      readonly account: string;
      /** `arn:aws:sts::A:federated-user/name` */
      readonly arn: Arn;
      /** The IAM user (or root) that called GetFederationToken. */
      readonly issuerArn: Arn;
    }
  | {
      /** The caller of AssumeRoleWithWebIdentity: its verified provider. */
      readonly kind: 'webIdentity';
      readonly account: string;
      /** The provider's ARN, or the bare name of a built-in one (`accounts.google.com`). */
      readonly provider: string;
    }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'anonymous' };

/** One action on one resource. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** `s3:PutObject`, in the service's own spelling. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** Account that owns the resource; undefined when the action has none. */
  readonly resourceAccount: string | undefined;
  readonly context: RequestContext;
}

/** Every policy that has a say. Absent and empty differ: no session policy limits nothing, an empty one everything. */
export interface PolicySet {
  readonly identity: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy | undefined;
  /** Union of the inline session policy and the managed ones of PolicyArns; undefined when none was passed. */
  readonly session?: readonly AttachedPolicy[] | undefined;
  /** Bucket policy (`resource`) or role trust policy (`trust`). */
  readonly resource?: AttachedPolicy | undefined;
  /** One entry a level, root → OU → account, each with the policies attached there; undefined: SCPs do not apply. */
  readonly scp?: readonly (readonly AttachedPolicy[])[] | undefined;
  readonly rcp?: readonly (readonly AttachedPolicy[])[] | undefined;
}

/** How one condition (operator, key, values) fared. */
export interface ConditionOutcome {
  /** As written in the policy, `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** As written in the policy. */
  readonly key: string;
  readonly expected: readonly string[];
  /** What the request held; undefined when the key was absent. */
  readonly actual: ContextValue | undefined;
  readonly passed: boolean;
  /** The condition could not be decided: `passed` is false in an Allow and true in a Deny. */
  readonly error: boolean;
  /** It could not because the evaluation had taken all its steps; else a malformed value of the policy was reached. */
  readonly cutShort: boolean;
  /** The condition itself, with its place in the document. */
  readonly condition: CompiledCondition;
}

/** How one statement fared; elements that the statement lacks are true. */
export interface StatementOutcome {
  readonly statement: CompiledStatement;
  readonly matched: boolean;
  readonly principal: boolean;
  /** By which form of its name the principal was meant (`principal-pattern.ts`). */
  readonly naming: Naming;
  readonly action: boolean;
  readonly resource: boolean;
  /** The resource could not be decided, because the evaluation had taken all its steps: false in an Allow, true in a Deny. */
  readonly cutShort: boolean;
  readonly conditions: readonly ConditionOutcome[];
}

/** How one policy fared: its statements in order of the document. */
export interface PolicyOutcome {
  readonly attached: AttachedPolicy;
  readonly statements: readonly StatementOutcome[];
}

/** `allow`, or which way it was denied. */
export type Outcome = 'allow' | 'explicitDeny' | 'implicitDeny';

/** Allow or deny, and everything that led there. */
export interface Decision {
  readonly outcome: Outcome;
  /** The type of policy that decided: the one AWS's message names. */
  readonly decidedBy: PolicyType;
  /** The statement that decided; undefined for an implicit deny and for root's default allow. */
  readonly statement: StatementOutcome | undefined;
  readonly request: AuthorizationRequest;
  /** What was asked, so that an explanation can ask what would have been. */
  readonly policySet: PolicySet;
  /** Everything evaluated, in order. */
  readonly policies: readonly PolicyOutcome[];
}
