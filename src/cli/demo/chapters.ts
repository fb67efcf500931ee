/** The two founding articles as chapters: a sync without stored keys; then a role pinned on the new condition keys. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, renderExplanation } from '../../analysis/explain.ts';
import { isAccountId, iamArn } from '../../base/arn.ts';
import { askTrustPolicy } from '../../federation/trust-question.ts';
import { compilePolicy } from '../../policy/compile.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { callQuery, elementText, errorText, type ApiAnswer, type ApiClient } from '../api-client.ts';
import { copyFiles } from './copy-files.ts';
import { makeBucket } from './make-bucket.ts';
import { assumeRole, claimsOf, credentialsOf, describeJob, jobToken, type Job } from './runner-job.ts';
import { DemoFailure, type Story } from './story.ts';

const ISSUER = 'token.actions.githubusercontent.com';
const ROLE = 'sync-to-s3';
const BUCKET = 'my-bucket';

/** What both chapters work with. */
export interface Stage {
  readonly root: ApiClient;
  readonly account: string;
  /** A scratch directory. */
  readonly directory: string;
}

/** Provider, role and bucket are made; one job syncs its files, a stranger is refused. */
export async function firstArticle(story: Story, stage: Stage): Promise<void> {
  const { root, directory } = stage;
  story.chapter('The first article: a workflow syncs files to S3, and no key is stored anywhere');
  await story.step(
    `Trust the issuer https://${ISSUER} for the audience sts.amazonaws.com`,
    () =>
      iam(root, 'CreateOpenIDConnectProvider', {
        Url: `https://${ISSUER}`,
        'ClientIDList.member.1': 'sts.amazonaws.com',
      }),
    (answer) => elementText(answer, 'OpenIDConnectProviderArn') ?? '',
  );
  const trust = trustPolicy(stage, {
    StringEquals: { aud: 'sts.amazonaws.com' },
    StringLike: { sub: 'repo:my-org/my-repo:*' },
  });
  await story.step(
    `Create the role ${ROLE} for jobs of my-org/my-repo, allowed to use the bucket ${BUCKET}`,
    async () => {
      const role = await iam(root, 'CreateRole', { RoleName: ROLE, AssumeRolePolicyDocument: trust });
      await iam(root, 'PutRolePolicy', { RoleName: ROLE, PolicyName: 's3', PolicyDocument: s3Policy() });
      await makeBucket(root, BUCKET);
      return role;
    },
    (answer) => `${elementText(answer, 'Arn') ?? ''}\ns3://${BUCKET}`,
  );
  const deploy: Job = { repository: 'my-org/my-repo', ref: 'refs/heads/deploy' };
  const token = await story.step(
    `A push to refs/heads/deploy: the job asks the issuer for its token`,
    () => jobToken(root.endpoint, deploy),
    (minted) =>
      `iss  ${text(claimsOf(minted)['iss'])}\nsub  ${text(claimsOf(minted)['sub'])}\naud  ${text(claimsOf(minted)['aud'])}`,
  );
  const session = await story.step(
    'The job shows the token and assumes the role',
    () => assumeRole(root.endpoint, roleArn(stage), token),
    (answer) => `${elementText(answer, 'Arn') ?? errorText(answer)}\nuntil ${elementText(answer, 'Expiration') ?? ''}`,
  );
  await story.step(
    'The job copies its files with these credentials',
    () => {
      mkdirSync(join(directory, 'src'), { recursive: true });
      writeFileSync(join(directory, 'src', 'index.html'), '<p>Hello\n');
      writeFileSync(join(directory, 'src', 'main.js'), 'console.log("hello")\n');
      writeFileSync(join(directory, 'README.md'), 'not synced\n');
      return copyFiles(directory, BUCKET, root.endpoint, credentialsOf(session));
    },
    (copied) => [`$ ${copied.how}`, ...copied.lines].join('\n'),
  );
  await refused(
    story,
    stage,
    trust,
    { repository: 'somebody/else', ref: 'refs/heads/deploy' },
    'A job of another repository tries the same',
  );
}

/** The trust policy is replaced; one job gets in, three near misses do not. */
export async function secondArticle(story: Story, stage: Stage): Promise<void> {
  story.chapter('The second article: repository, ref and environment as condition keys of their own');
  const trust = trustPolicy(stage, {
    StringEquals: {
      aud: 'sts.amazonaws.com',
      repository: 'my-org/my-repo',
      ref: 'refs/heads/main',
      environment: 'production',
    },
    StringLike: { sub: 'repo:my-org/my-repo:*' },
  });
  await story.step(
    "Replace the role's trust policy",
    () => iam(stage.root, 'UpdateAssumeRolePolicy', { RoleName: ROLE, PolicyDocument: trust }),
    () =>
      'repository = my-org/my-repo, ref = refs/heads/main, environment = production, sub like repo:my-org/my-repo:*',
  );
  const right: Job = { repository: 'my-org/my-repo', ref: 'refs/heads/main', environment: 'production' };
  await story.step(
    `The right job: ${describeJob(right)}`,
    async () => {
      const answer = await assumeRole(stage.root.endpoint, roleArn(stage), await jobToken(stage.root.endpoint, right));
      credentialsOf(answer);
      return answer;
    },
    (answer) => `in: ${elementText(answer, 'Arn') ?? ''}`,
  );
  const nearMisses: readonly Job[] = [
    { ...right, ref: 'refs/heads/feature' },
    { repository: right.repository, ref: right.ref },
    { ...right, repository: 'my-org/My-Repo' },
  ];
  for (const job of nearMisses) await refused(story, stage, trust, job, `A near miss: ${describeJob(job)}`);
}

/** The job must be refused; says why as `sojourn explain` does. */
async function refused(story: Story, stage: Stage, trust: string, job: Job, title: string): Promise<void> {
  const token = await jobToken(stage.root.endpoint, job);
  await story.step(
    title,
    () => assumeRole(stage.root.endpoint, roleArn(stage), token),
    (answer) => {
      if (answer.status === 200) throw new DemoFailure(`${describeJob(job)} was let in.`);
      return `${errorText(answer)}\n\n${why(stage, trust, token)}`;
    },
  );
}

function why(stage: Stage, trust: string, token: string): string {
  const parsed = parsePolicy(trust);
  if (parsed.kind === 'malformed' || !isAccountId(stage.account)) return '';
  const answer = askTrustPolicy({
    policy: compilePolicy(parsed.policy),
    source: `trust:role/${ROLE}`,
    claims: claimsOf(token),
    issuer: ISSUER,
    account: stage.account,
    roleArn: iamArn(stage.account, `role/${ROLE}`),
    roleSessionName: 'GitHubActions-to-AWS',
    request: { now: Date.now(), secure: false, region: undefined, sourceIp: undefined, userAgent: undefined },
    roleTags: [],
  });
  return answer.kind === 'failure' ? answer.detail : renderExplanation(explain(answer.decision));
}

async function iam(
  client: ApiClient,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<ApiAnswer> {
  const answer = await callQuery(client, 'iam', action, parameters);
  if (answer.status !== 200) throw new DemoFailure(`${action}: ${errorText(answer)}`);
  return answer;
}

function roleArn(stage: Stage): string {
  return `arn:aws:iam::${stage.account}:role/${ROLE}`;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

function trustPolicy(stage: Stage, conditions: Conditions): string {
  const keyed = Object.entries(conditions).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${ISSUER}:${key}`, value])),
  ]);
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${stage.account}:oidc-provider/${ISSUER}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: Object.fromEntries(keyed),
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}

function s3Policy(): string {
  const resources = [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`];
  const statement = { Effect: 'Allow', Action: ['s3:ListBucket', 's3:PutObject', 's3:GetObject'], Resource: resources };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : 'absent';
}
