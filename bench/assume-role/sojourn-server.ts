/** Sojourn itself, whole: SQLite state, audit log on; only the issuer's keys are given instead of fetched. */
import { createPublicKey } from 'node:crypto';
import { iamArn, isAccountId } from '../../src/base/arn.ts';
import { readSettings } from '../../src/cli/read-settings.ts';
import { startServer } from '../../src/cli/run-server.ts';
import { importKeySet } from '../../src/tokens/key-set.ts';
import { answerCpu } from './answer-cpu.ts';

const data = process.env['BENCH_DATA'] ?? '';
const jwk = createPublicKey(process.env['BENCH_PUBLIC_KEY'] ?? '').export({ format: 'jwk' });
const keys = importKeySet({ keys: [{ ...jwk, kid: 'bench', alg: 'RS256', use: 'sig' }] });
const answer = readSettings({ flags: { port: ['0'], data: [data] }, env: {}, config: undefined, readFile: () => '' });
if (answer.kind === 'problems' || keys === undefined) throw new Error('the bench cannot start');

const started = await startServer(
  answer.settings,
  async () => ({
    keys: {
      keysOf: () => ({ kind: 'keys', keys, verification: 'IAMTrustStore' }),
      thumbprintOf: async () => ({ kind: 'unavailable', why: 'the bench asks nobody' }),
    },
    pages: [],
  }),
  console.error,
);
await seed();
answerCpu(`${started.url}/`);

/** The second article's provider and role. */
async function seed(): Promise<void> {
  const account = '000000000000';
  if (!isAccountId(account)) return;
  const issuer = 'token.actions.githubusercontent.com';
  const provider = iamArn(account, `oidc-provider/${issuer}`);
  const trustPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:repository`]: 'my-org/my-repo',
            [`${issuer}:ref`]: 'refs/heads/main',
            [`${issuer}:environment`]: 'production',
          },
          StringLike: { [`${issuer}:sub`]: 'repo:my-org/my-repo:*' },
        },
      },
    ],
  });
  await started.built.sojourn.state.write(async (writers) => {
    await writers.openIDConnectProviders.put(`${account}/${issuer}`, {
      account,
      arn: provider,
      url: issuer,
      clientIds: ['sts.amazonaws.com'],
      thumbprints: [],
      createDate: 0,
      tags: [],
    });
    await writers.roles.put(`${account}/deploy`, {
      account,
      arn: iamArn(account, 'role/deploy'),
      path: '/',
      name: 'deploy',
      id: 'AROAQAAAAAAAAAAAAAAAA',
      createDate: 0,
      trustPolicy,
      description: undefined,
      maxSessionDuration: undefined,
      permissionsBoundary: undefined,
      tags: [],
      inlinePolicies: {},
      attachedPolicies: [],
    });
  });
}
