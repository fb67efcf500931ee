/** A registered GitHub provider, a role that trusts one repository, and the issuer's key to sign whatever a test wants signed. */
import { loadDevelopmentKeys } from '../../src/cli/development-parts.ts';
import { openDataDirectory } from '../../src/cli/data-directory.ts';
import { elementText } from '../../src/cli/api-client.ts';
import type { SigningCredentials } from '../../src/credentials/signature-v4/sign-request.ts';
import { github } from '../../src/idp/github.ts';
import type { ProviderKeys } from '../../src/issuers/development/development-keys.ts';
import { signToken, type TokenHeader } from '../../src/tokens/mint.ts';
import type { Answer } from './connection.ts';
import { ACCOUNT, call, formOf, postForm, succeeded, type Target } from './target.ts';

export const ISSUER = 'token.actions.githubusercontent.com';
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/deploy`;
export const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
      Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: 'repo:my-org/my-repo:ref:refs/heads/main',
        },
      },
    },
  ],
});

export type Claims = Readonly<Record<string, unknown>>;

export interface WebIdentity {
  readonly keys: ProviderKeys;
  /** A token that the role trusts, but for `changes`; a claim that is undefined is left out. */
  token(changes?: Claims, header?: Partial<TokenHeader>): string;
  /** The unsigned call with that token, which is kept as a secret. */
  assume(token: string, parameters?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Assumes the role with a good token. */
  session(): Promise<SigningCredentials>;
}

/** Makes the provider and the role `deploy`, which may do everything in S3. */
export async function webIdentity(target: Target): Promise<WebIdentity> {
  succeeded(
    await call(target, 'iam', 'CreateOpenIDConnectProvider', {
      Url: `https://${ISSUER}`,
      'ClientIDList.member.1': 'sts.amazonaws.com',
    }),
  );
  await createDeployRole(target);
  const keys = await (await loadDevelopmentKeys(openDataDirectory(target.data))).keysOf(github);
  const token = (changes: Claims = {}, header: Partial<TokenHeader> = {}): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: `https://${ISSUER}`,
      sub: 'repo:my-org/my-repo:ref:refs/heads/main',
      aud: 'sts.amazonaws.com',
      iat: now,
      nbf: now - 600,
      exp: now + 300,
      ...changes,
    };
    return signToken({ typ: 'JWT', alg: 'RS256', kid: keys.kid, ...header }, claims, keys.privateKey);
  };
  const assume = (sent: string, parameters: Readonly<Record<string, string>> = {}): Promise<Answer> => {
    if (sent.length >= 16) target.secrets.add(sent);
    const signature = sent.split('.')[2];
    if (signature !== undefined && signature.length >= 16) target.secrets.add(signature);
    const form = { RoleArn: ROLE_ARN, RoleSessionName: 'session', WebIdentityToken: sent, ...parameters };
    return postForm(target, formOf('sts', 'AssumeRoleWithWebIdentity', form));
  };
  return { keys, token, assume, session: async () => credentialsOf(target, await assume(token())) };
}

/** Makes the role, or makes it again. */
export async function createDeployRole(target: Target): Promise<void> {
  succeeded(await call(target, 'iam', 'CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST }));
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  });
  succeeded(
    await call(target, 'iam', 'PutRolePolicy', { RoleName: 'deploy', PolicyName: 's3', PolicyDocument: policy }),
  );
}

/** The credentials in an answer; their secret parts are kept as secrets. */
export function credentialsOf(target: Target, answer: Answer): SigningCredentials {
  succeeded(answer);
  const part = (name: string): string =>
    elementText({ status: answer.status, body: answer.body, requestId: undefined }, name) ?? '';
  const credentials = {
    accessKeyId: part('AccessKeyId'),
    secretAccessKey: part('SecretAccessKey'),
    sessionToken: part('SessionToken') || undefined,
  };
  target.secrets.add(credentials.secretAccessKey);
  if (credentials.sessionToken !== undefined) target.secrets.add(credentials.sessionToken);
  return credentials;
}
