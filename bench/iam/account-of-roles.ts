/** An account with many roles, written straight into a data directory before the server starts. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { iamArn, isAccountId, type AccountId } from '../../src/base/arn.ts';
import type { Role } from '../../src/storage/state/iam-records.ts';
import { openSqliteState } from '../../src/storage/state/sqlite/sqlite-state.ts';

/** Roles written in one transaction. */
const STRIDE = 20_000;
const ISSUER = 'token.actions.githubusercontent.com';

/** The repository that role number `n` trusts: each role has a trust policy of its own, as in real accounts. */
export function repositoryOf(n: number): string {
  return `my-org/repository-${n}`;
}

/** Name of role number `n`: names sort as numbers do. */
export function roleName(n: number): string {
  return `role-${String(n).padStart(6, '0')}`;
}

/** Makes the data directory with GitHub's provider and `count` roles, each trusting one repository. */
export async function writeAccount(data: string, account: string, count: number): Promise<void> {
  if (!isAccountId(account)) throw new TypeError(`${account} is no account`);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const state = openSqliteState(join(data, 'state.sqlite'));
  await state.write(async ({ openIDConnectProviders }) =>
    openIDConnectProviders.put(`${account}/${ISSUER}`, {
      account,
      arn: iamArn(account, `oidc-provider/${ISSUER}`),
      url: ISSUER,
      clientIds: ['sts.amazonaws.com'],
      thumbprints: [],
      createDate: 0,
      tags: [],
    }),
  );
  for (let from = 0; from < count; from += STRIDE) {
    await state.write(async ({ roles }) => {
      for (let n = from; n < Math.min(count, from + STRIDE); n++)
        await roles.put(`${account}/${roleName(n)}`, role(account, n));
    });
  }
  await state.close();
}

function role(account: AccountId, n: number): Role {
  return {
    account,
    arn: iamArn(account, `role/${roleName(n)}`),
    path: '/',
    name: roleName(n),
    id: `AROAQAAAAAAA${n
      .toString(32)
      .toUpperCase()
      .replaceAll(/[0189]/g, 'Z')
      .padStart(9, 'A')}`,
    createDate: 0,
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: iamArn(account, `oidc-provider/${ISSUER}`) },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:repository`]: repositoryOf(n) },
            StringLike: { [`${ISSUER}:sub`]: `repo:${repositoryOf(n)}:*` },
          },
        },
      ],
    }),
    description: undefined,
    maxSessionDuration: undefined,
    permissionsBoundary: undefined,
    tags: [{ Key: 'team', Value: `team-${n % 50}` }],
    inlinePolicies: {},
    attachedPolicies: [],
  };
}
