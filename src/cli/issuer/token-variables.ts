/** The environment in which a job finds its token, as lines that a shell takes. */
import type { IdentityProvider, MintOptions } from '../../idp/profile.ts';
import type { DevelopmentKeys } from '../../issuers/development/development-keys.ts';
import { mintToken, type MintRequest } from '../../issuers/development/mint-token.ts';

/** The lines, or why there are none. */
export type TokenVariables =
  { readonly kind: 'lines'; readonly lines: readonly string[] } | { readonly kind: 'problem'; readonly why: string };

/** Variables of a provider whose jobs find the token itself there: CircleCI, GitLab, Bitbucket, HCP Terraform. */
export async function tokenVariables(
  keys: DevelopmentKeys,
  provider: IdentityProvider,
  options: MintOptions,
  request: MintRequest,
): Promise<TokenVariables> {
  if (provider.variables === undefined) {
    return { kind: 'problem', why: `jobs of ${provider.title} do not find their tokens in variables.` };
  }
  const lines: string[] = [];
  for (const variable of provider.variables) {
    const minted = await mintToken(keys, provider, { ...options, ...variable.options }, request);
    if (minted.kind === 'impossible') return { kind: 'problem', why: minted.why };
    lines.push(exported(variable.name, minted.token));
  }
  return { kind: 'lines', lines };
}

/**
 * The two variables of a GitHub job, which asks for its token itself: opened at the running `sojourn dev`.
 *
 * @param endpoint of `sojourn dev`
 */
export async function githubVariables(endpoint: string, options: MintOptions): Promise<TokenVariables> {
  const base = URL.parse(endpoint);
  if (base === null) return { kind: 'problem', why: `--endpoint ${endpoint} is no URL.` };
  let response: Response;
  try {
    response = await fetch(new URL('/_sojourn/issuer/github/jobs', base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(options),
    });
  } catch {
    return { kind: 'problem', why: `nothing answers at ${endpoint}: jobs of GitHub ask a running 'sojourn dev'.` };
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (typeof answer !== 'object' || answer === null) return { kind: 'problem', why: `${endpoint} has no issuer.` };
  const lines = Object.entries(answer).flatMap(([name, value]) =>
    name.startsWith('ACTIONS_ID_TOKEN_REQUEST_') && typeof value === 'string' ? [exported(name, value)] : [],
  );
  if (response.status === 201 && lines.length === 2) return { kind: 'lines', lines };
  const why = 'message' in answer && typeof answer.message === 'string' ? answer.message : `${endpoint} opened no job.`;
  return { kind: 'problem', why };
}

/** Quoted for a shell, whatever it holds. */
function exported(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
}
