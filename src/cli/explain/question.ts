/** Reads what `sojourn explain` is asked: a trust policy, claims, and the request that is thought of. */
import { iamArn, isAccountId, type AccountId } from '../../base/arn.ts';
import { validateTrustPolicy } from '../../federation/trust-policy.ts';
import { unknownKeys, type TrustQuestion, type UnknownKey } from '../../federation/trust-question.ts';
import { compilePolicy } from '../../policy/compile.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Problem } from '../../policy/problem.ts';
import { option, type Invocation } from '../command.ts';
import { issuerOf, readClaims } from './claims.ts';
import { thoughtOfRequest } from './thought-of-request.ts';
import { readTrustDocument, type TrustDocument } from './trust-document.ts';
import { Unreadable } from './unreadable.ts';

/** A question, with what has to be said before its answer. */
export interface ReadQuestion {
  readonly kind: 'question';
  readonly question: TrustQuestion;
  /** AWS's sentence when it would not store the policy. */
  readonly refusal: string | undefined;
  readonly unknown: readonly UnknownKey[];
}

/** A text that is no policy: everything that is wrong with it. */
export interface NoPolicy {
  readonly kind: 'noPolicy';
  readonly source: string;
  readonly problems: readonly Problem[];
  readonly refusal: string | undefined;
}

/** The question, or why there is none. */
export type QuestionAnswer = ReadQuestion | NoPolicy | { readonly kind: 'problem'; readonly why: string };

/** Reads files, standard input or the server, as the options say. */
export async function readQuestion(call: Invocation): Promise<QuestionAnswer> {
  try {
    const request = thoughtOfRequest(call);
    const document = await readTrustDocument(call);
    const { text, source, roleTags } = document;
    const validation = validateTrustPolicy(text);
    const refusal = validation.kind === 'malformed' ? validation.message : undefined;
    const parsed = parsePolicy(text);
    if (parsed.kind === 'malformed') return { kind: 'noPolicy', source, problems: parsed.problems, refusal };
    const claims = readClaims(call);
    const account = accountOf(document);
    const question = {
      policy: compilePolicy(parsed.policy),
      source,
      claims,
      issuer: issuerOf(claims),
      account,
      roleArn: document.roleArn ?? iamArn(account, 'role/the-role'),
      roleSessionName: option(call, 'session-name') ?? 'sojourn-explain',
      request,
      roleTags,
    };
    return { kind: 'question', question, refusal, unknown: unknownKeys(text, question) };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'problem', why: error.message };
    throw error;
  }
}

/** The account of the role, or of the provider that the policy trusts; without either the default one. */
function accountOf(document: TrustDocument): AccountId {
  const named = /arn:aws[\w-]*:iam::(\d{12}):(?:oidc-provider|role)\//.exec(
    `${document.roleArn ?? ''} ${document.text}`,
  )?.[1];
  const account = named ?? '000000000000';
  if (!isAccountId(account)) throw new Unreadable('the policy names no account.');
  return account;
}
