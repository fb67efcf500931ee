/**
 * Whether a value of a policy names somebody in particular among all to whom an issuer issues tokens. AWS looks whether
 * the first value is "*" and no further; here every value has to spell a name out, because the edit that is named is
 * one that people make.
 */
import { profileOf } from '../../idp/profiles.ts';
import { ANY, STAR } from '../../policy/unit.ts';
import { readTemplate } from '../../policy/variable.ts';

/** What a value is one of. */
export interface ClaimPlace {
  readonly issuer: string;
  /** In lower case. */
  readonly claim: string;
  /** Whether the operator reads `*` and `?` as wildcards. */
  readonly wildcards: boolean;
  /** Whether everybody may become a tenant of the issuer. */
  readonly shared: boolean;
}

/** Whether tokens of others than those whom the value names cannot fit it. */
export function namesSomebody(text: string, { issuer, claim, wildcards, shared }: ClaimPlace): boolean {
  if (REFUSED.test(text)) return false;
  const shape = shapeOf(text, wildcards);
  if (claim === 'sub' && profileOf(issuer).name === 'github') return OWNED_SUBJECT.test(shape);
  if (!shape.includes(HOLE)) return true;
  if (!shared && BEGUN_NAME.test(shape)) return true;
  return (claim === 'sub' ? LABELLED_NAME : OWNER).test(claim === 'sub' ? shape.replace(KUBERNETES, '') : shape);
}

/** How much work it is to look at the value. */
export function namingCost(text: string): number {
  return 200 + (SPECIAL.test(text) ? 80 : 2) * text.length;
}

const SPECIAL = /[*?]|\$\{/;

/** Blank, or with a wildcard first, which AWS refuses even where it is taken literally. */
const REFUSED = /^(?:\s*$|[*?])/;

/** Stands for a wildcard in a shape. */
const HOLE = '\0';

/**
 * Segments of a GitHub subject that say whose the job is. Owners of repositories choose which claims their subjects are
 * made of, so one of `ref` or `environment` alone anybody can have. Values have no colons (`idp/github-subject.ts`).
 */
const OWNED_SUBJECT =
  /(?:^|:)(?:repo|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|workflow_ref|actor|actor_id|enterprise|enterprise_id):[^\0:/@]+(?:[/@:]|$)/;

/** `project_path:acme/…`, `organization:acme:…`, `serviceaccount:namespace:…`, `org/acme/…`: a name ends before the first wildcard. */
const LABELLED_NAME = /^[^\0:/@]+[:/][^\0:/@]+[:/@]/;
/** Of `system:serviceaccount:namespace:name`, in front of what is labelled. */
const KUBERNETES = /^system:/;
/** `acme/…` */
const OWNER = /^[^\0:/@]+\//;
/** `deploy-*`: a name without label, of which the beginning is told. */
const BEGUN_NAME = /^[^\0:/@]+\0/;

/** The text with its wildcards as holes. What a variable stands for the caller brings along, so it is a wildcard too. */
function shapeOf(text: string, wildcards: boolean): string {
  if (!SPECIAL.test(text)) return text;
  const template = readTemplate(text, { variables: true, wildcards });
  return template
    .map((part) => (typeof part !== 'number' || part === STAR || part === ANY ? HOLE : String.fromCharCode(part)))
    .join('');
}
