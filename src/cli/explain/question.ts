/** Reads what `sojourn explain` is asked: a trust policy from a file or a role, claims from a token or JSON. */
import { readFileSync } from 'node:fs';
import { iamArn, isAccountId, parseArn, type AccountId, type Arn } from '../../base/arn.ts';
import type { TrustQuestion } from '../../federation/trust-question.ts';
import { compilePolicy } from '../../policy/compile.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { callQuery, clientFromEnvironment, elementText, errorText } from '../api-client.ts';
import { option, type Invocation } from '../command.ts';

/** The question, or why there is none. */
export type QuestionAnswer =
  { readonly kind: 'question'; readonly question: TrustQuestion } | { readonly kind: 'problem'; readonly why: string };

interface PolicyText {
  readonly text: string;
  readonly source: string;
  readonly roleArn: Arn | undefined;
}

/** Problems that become the command's one sentence. */
class Unreadable extends Error {}

/** Reads files, standard input or the server, as the options say. */
export async function readQuestion(call: Invocation): Promise<QuestionAnswer> {
  try {
    const document = await readPolicy(call);
    const parsed = parsePolicy(document.text);
    if (parsed.kind === 'malformed') {
      const first = parsed.problems[0];
      throw new Unreadable(`${document.source} is not a policy: ${first?.message ?? 'It cannot be read.'}`);
    }
    const claims = readClaims(call);
    const issuer = issuerOf(claims);
    const account = accountOf(document);
    return {
      kind: 'question',
      question: {
        policy: compilePolicy(parsed.policy),
        source: document.source,
        claims,
        issuer,
        account,
        roleArn: document.roleArn ?? iamArn(account, 'role/the-role'),
        roleSessionName: option(call, 'session-name') ?? 'sojourn-explain',
      },
    };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'problem', why: error.message };
    throw error;
  }
}

async function readPolicy(call: Invocation): Promise<PolicyText> {
  const file = option(call, 'trust');
  const role = option(call, 'role');
  if ((file === undefined) === (role === undefined)) {
    throw new Unreadable('give the trust policy: either --trust FILE or --role NAME.');
  }
  if (file !== undefined) return { text: readText(file, '--trust'), source: file, roleArn: undefined };
  return roleOfServer(role ?? '', call);
}

async function roleOfServer(role: string, call: Invocation): Promise<PolicyText> {
  const client = clientFromEnvironment(call.env, option(call, 'endpoint'));
  if (client.credentials === undefined) {
    throw new Unreadable(
      '--role asks the server: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --trust FILE.',
    );
  }
  const name = role.slice(role.lastIndexOf('/') + 1);
  const answer = await callQuery(client, 'iam', 'GetRole', { RoleName: name }).catch(() => {
    throw new Unreadable(
      `nothing answers at ${client.endpoint}: is 'sojourn dev' running? --endpoint names another place.`,
    );
  });
  const document = elementText(answer, 'AssumeRolePolicyDocument');
  const arn = elementText(answer, 'Arn');
  if (answer.status !== 200 || document === undefined || arn === undefined) throw new Unreadable(errorText(answer));
  const parts = parseArn(arn);
  const roleArn = parts !== undefined && isAccountId(parts.account) ? iamArn(parts.account, parts.resource) : undefined;
  return { text: decodeURIComponent(document), source: arn, roleArn };
}

function readClaims(call: Invocation): Readonly<Record<string, unknown>> {
  const token = option(call, 'token');
  const claims = option(call, 'claims');
  if ((token === undefined) === (claims === undefined)) {
    throw new Unreadable('give the token: either --token FILE or --claims FILE.');
  }
  if (claims !== undefined) {
    const text = claims.trimStart().startsWith('{') ? claims : readText(claims, '--claims');
    return jsonObject(text, '--claims');
  }
  const [, payload, ...rest] = readText(token ?? '', '--token')
    .trim()
    .split('.');
  if (payload === undefined || rest.length !== 1)
    throw new Unreadable('--token is not a token: it has not three parts.');
  return jsonObject(Buffer.from(payload, 'base64url').toString('utf8'), 'the payload of --token');
}

function jsonObject(text: string, what: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below, without echoing what may be a token.
  }
  throw new Unreadable(`${what} is not a JSON object.`);
}

function issuerOf(claims: Readonly<Record<string, unknown>>): string {
  const { iss } = claims;
  if (typeof iss !== 'string') throw new Unreadable('the claims name no issuer (iss).');
  return iss.startsWith('https://') ? iss.slice('https://'.length) : iss;
}

/** The account of the role, or of the provider that the policy trusts; without either the default one. */
function accountOf(document: PolicyText): AccountId {
  const named = /arn:aws[\w-]*:iam::(\d{12}):(?:oidc-provider|role)\//.exec(
    `${document.roleArn ?? ''} ${document.text}`,
  )?.[1];
  const account = named ?? '000000000000';
  if (!isAccountId(account)) throw new Unreadable('the policy names no account.');
  return account;
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    throw new Unreadable(`the file ${path} of ${what} cannot be read.`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
