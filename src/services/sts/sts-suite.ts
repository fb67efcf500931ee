/** STS for tests: a whole Sojourn over HTTP in this process, on a temporary directory, with an issuer key of the test's own. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callQuery, elementText, type ApiAnswer } from '../../cli/api-client.ts';
import { readSettings } from '../../cli/read-settings.ts';
import { startServer } from '../../cli/run-server.ts';
import type { SigningCredentials } from '../../credentials/signature-v4/sign-request.ts';
import { importKeySet } from '../../tokens/key-set.ts';
import { signToken } from '../../tokens/mint.ts';

export const ACCOUNT = '000000000000';
export const ISSUER = 'token.actions.githubusercontent.com';
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

type Parameters = Readonly<Record<string, string>>;

export interface StsUnderTest {
  readonly url: string;
  readonly root: SigningCredentials;
  /** A call of STS or IAM; unsigned when no credentials are given. */
  readonly call: (
    service: 'sts' | 'iam',
    action: string,
    parameters: Parameters,
    credentials?: SigningCredentials,
  ) => Promise<ApiAnswer>;
  /** The same as root, which must succeed. */
  readonly asRoot: (service: 'sts' | 'iam', action: string, parameters: Parameters) => Promise<ApiAnswer>;
  /** A role with this trust policy, its statements given; answers its ARN. */
  readonly role: (name: string, statements: readonly object[], more?: Parameters) => Promise<string>;
  /** A user with an access key. */
  readonly user: (name: string) => Promise<SigningCredentials>;
  /** A token of the GitHub issuer with these claims over the usual ones; undefined takes one out. */
  readonly token: (claims?: Readonly<Record<string, unknown>>) => string;
  /** AssumeRoleWithWebIdentity. */
  readonly federate: (role: string, token: string, more?: Parameters) => Promise<ApiAnswer>;
  readonly auditLines: () => readonly string[];
  readonly dispose: () => Promise<void>;
}

/** Starts it, with the provider registered for the audience `sts.amazonaws.com`. */
export async function openSts(): Promise<StsUnderTest> {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-sts-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = importKeySet({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', use: 'sig' }] });
  const answer = readSettings({
    flags: { port: ['0'], data: [directory] },
    env: {},
    config: undefined,
    readFile: () => '',
  });
  assert.ok(answer.kind === 'settings' && keys !== undefined);
  const started = await startServer(
    answer.settings,
    async () => ({
      keys: {
        keysOf: () => ({ kind: 'keys', keys, verification: 'IAMTrustStore' }),
        thumbprintOf: async () => ({ kind: 'unavailable', why: 'the issuer of a test has no server' }),
      },
      pages: [],
    }),
    (line) => assert.fail(line),
  );
  const root = started.built.sojourn.rootAccessKey;
  const client = { endpoint: started.url, region: 'us-east-1' };
  const call: StsUnderTest['call'] = (service, action, parameters, credentials) =>
    callQuery({ ...client, credentials }, service, action, parameters);
  const asRoot: StsUnderTest['asRoot'] = async (service, action, parameters) => {
    const made = await call(service, action, parameters, root);
    assert.equal(made.status, 200, made.body);
    return made;
  };
  await asRoot('iam', 'CreateOpenIDConnectProvider', {
    Url: `https://${ISSUER}`,
    'ClientIDList.member.1': 'sts.amazonaws.com',
    'ThumbprintList.member.1': 'a'.repeat(40),
  });
  return {
    url: started.url,
    root,
    call,
    asRoot,
    role: async (name, statements, more = {}) => {
      const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
      const made = await asRoot('iam', 'CreateRole', { RoleName: name, AssumeRolePolicyDocument: document, ...more });
      return elementText(made, 'Arn') ?? '';
    },
    user: async (name) => {
      await asRoot('iam', 'CreateUser', { UserName: name });
      return credentialsIn(await asRoot('iam', 'CreateAccessKey', { UserName: name }));
    },
    token: (claims = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const usual = {
        iss: `https://${ISSUER}`,
        sub: 'repo:my-org/my-repo:ref:refs/heads/main',
        aud: 'sts.amazonaws.com',
        repository: 'my-org/my-repo',
        ref: 'refs/heads/main',
        iat: now,
        exp: now + 300,
      };
      return signToken({ typ: 'JWT', alg: 'RS256', kid: 'test' }, { ...usual, ...claims }, privateKey);
    },
    federate: (role, token, more = {}) =>
      call('sts', 'AssumeRoleWithWebIdentity', {
        RoleArn: role,
        RoleSessionName: 'job',
        WebIdentityToken: token,
        ...more,
      }),
    auditLines: () => readFileSync(join(directory, 'audit.jsonl'), 'utf8').trim().split('\n'),
    dispose: async () => {
      await started.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A statement that lets jobs of `my-org/my-repo` do these actions. */
export function trustsJob(...actions: readonly string[]): object {
  return {
    Effect: 'Allow',
    Principal: { Federated: PROVIDER },
    Action: ['sts:AssumeRoleWithWebIdentity', ...actions],
    Condition: {
      StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' },
      StringLike: { [`${ISSUER}:sub`]: 'repo:my-org/my-repo:*' },
    },
  };
}

/** The credentials in an answer of STS or CreateAccessKey. */
export function credentialsIn(answer: ApiAnswer): SigningCredentials {
  assert.equal(answer.status, 200, answer.body);
  const accessKeyId = elementText(answer, 'AccessKeyId');
  const secretAccessKey = elementText(answer, 'SecretAccessKey');
  assert.ok(accessKeyId !== undefined && secretAccessKey !== undefined, answer.body);
  return { accessKeyId, secretAccessKey, sessionToken: elementText(answer, 'SessionToken') };
}

/** Asserts a refusal by status, code and the whole message. */
export function refused(answer: ApiAnswer, status: number, code: string, message: string): void {
  assert.deepEqual(
    { status: answer.status, code: elementText(answer, 'Code'), message: elementText(answer, 'Message') },
    { status, code, message },
  );
}
