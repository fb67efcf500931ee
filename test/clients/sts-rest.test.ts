/**
 * The further calls of STS and IAM, and CloudTrail's event history, with boto3 against a server of
 * their own: each answer, and each refusal beside it. Tokens are verified by discovery alone.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify, type JWTVerifyResult } from 'jose';
import { missingPython, run } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missingPython('boto3');
const ROOT = 'arn:aws:iam::000000000000:root';

type Section = Readonly<Record<string, unknown>>;

let sojourn: RunningSojourn;
let seen: Readonly<Record<string, Section>> = {};

before(async () => {
  if (skip !== false) return;
  sojourn = await startSojourn();
  const ran = await run('python3', [join(import.meta.dirname, 'sts_rest.py')], { env: sojourn.env });
  assert.equal(ran.code, 0, ran.err);
  seen = JSON.parse(ran.out) as typeof seen;
});
after(async () => sojourn?.dispose());

function section(name: string): Section {
  const found = seen[name];
  assert.ok(found !== undefined, `the script said nothing of ${name}`);
  return found;
}

function denied(who: string, action: string, on: string, why: string): readonly unknown[] {
  const user = `User: arn:aws:${who} is not authorized to perform: ${action}`;
  return ['AccessDenied', 403, `${user}${on === '' ? '' : ` on resource: ${on}`} ${why}`];
}

describe('GetFederationToken', { skip }, () => {
  const federated = 'sts::000000000000:federated-user/alice';
  const noSession = (action: string): string => `because no session policy allows the ${action} action`;

  test('names the federated user; PackedPolicySize is 0 without policies and tags', () => {
    const { user, packed, packedWith, identity } = section('federation');
    assert.deepEqual(user, { FederatedUserId: '000000000000:alice', Arn: `arn:aws:${federated}` });
    assert.deepEqual([packed, packedWith, identity], [0, true, `arn:aws:${federated}`]);
  });

  test('a session may what both its policies and its user’s allow, and nothing without policies', () => {
    const { may, notInSession, withoutPolicy } = section('federation');
    assert.equal(may, 'allowed');
    const bucket = '"arn:aws:s3:::fed-bucket"';
    assert.deepEqual(notInSession, denied(federated, 's3:ListBucket', bucket, noSession('s3:ListBucket')));
    assert.deepEqual(withoutPolicy, denied(federated, 's3:ListAllMyBuckets', '', noSession('s3:ListAllMyBuckets')));
  });

  test('a session calls neither IAM nor STS', () => {
    const { noIam, noSts } = section('federation');
    assert.deepEqual(noIam, ['InvalidClientTokenId', 403, 'The security token included in the request is invalid.']);
    assert.deepEqual(noSts, ['AccessDenied', 403, 'Cannot call GetFederationToken with session credentials']);
  });

  test('root’s federated users may what the session policies say, for one hour at most', () => {
    const { rootMay, rootMayNot, rootHour } = section('federation');
    assert.equal(rootMay, 'allowed');
    assert.deepEqual(
      rootMayNot,
      denied(
        'sts::000000000000:federated-user/r1',
        's3:DeleteBucket',
        '"arn:aws:s3:::fed-bucket"',
        noSession('s3:DeleteBucket'),
      ),
    );
    assert.equal(rootHour, 60);
  });

  test('tags need sts:TagSession; bad tags, policies and durations are refused', () => {
    const { tags, rootTags, duplicateTags, malformed, manyArns, short } = section('federation');
    const why = 'because no identity-based policy allows the sts:TagSession action';
    assert.deepEqual(tags, denied('iam::000000000000:user/bob', 'sts:TagSession', `arn:aws:${federated}`, why));
    assert.equal(rootTags, 'allowed');
    assert.deepEqual(duplicateTags, [
      'InvalidParameterValue',
      400,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ]);
    assert.deepEqual(malformed, ['MalformedPolicyDocument', 400, 'Syntax errors in policy.']);
    assert.deepEqual(manyArns, [
      'ValidationError',
      400,
      'Policy arn:aws:iam::aws:policy/No does not exist or is not attachable.',
    ]);
    assert.deepEqual(short, [
      'ValidationError',
      400,
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ]);
  });
});

describe('DecodeAuthorizationMessage', { skip }, () => {
  test('an explicit deny tells its statement, in AWS’s form', () => {
    const message = section('messages')['explicit'] as Section;
    const { matchedStatements, context, explanation, ...rest } = message;
    assert.deepEqual(rest, { allowed: false, explicitDeny: true, failures: { items: [] } });
    const { principal, action, resource, conditions } = context as Section;
    const { id, arn } = principal as Section;
    assert.match(String(id), /^AIDA/);
    assert.deepEqual(
      [arn, action, resource],
      ['arn:aws:iam::000000000000:user/carol', 'iam:ListRoles', 'arn:aws:iam::000000000000:role/'],
    );
    assert.deepEqual(matchedStatements, {
      items: [
        {
          statementId: 'NoRoles',
          effect: 'DENY',
          principals: { items: [{ value: id }] },
          principalGroups: { items: [] },
          actions: { items: [{ value: 'iam:*Role*' }] },
          resources: { items: [{ value: '*' }] },
          conditions: { items: [{ key: 'aws:SecureTransport', values: { items: [{ value: 'false' }] } }] },
        },
      ],
    });
    const { items } = conditions as { readonly items: readonly unknown[] };
    assert.ok(items.some((item) => JSON.stringify(item).includes('"aws:securetransport"')));
    assert.match(String(explanation), /^Denied: iam:ListRoles, by a statement with effect Deny/);
  });

  test('an implicit deny matches no statement; S3’s answers and those without a body carry a message too', () => {
    const { implicit, head, lengths } = section('messages');
    const { allowed, explicitDeny, matchedStatements, context } = implicit as Section;
    assert.deepEqual([allowed, explicitDeny, matchedStatements], [false, false, { items: [] }]);
    assert.equal((context as Section)['action'], 's3:ListAllMyBuckets');
    assert.equal(head, 's3:GetObject');
    assert.deepEqual(lengths, [true, true, true]);
  });

  test('a role that does not exist gives a message like one that trusts nobody; other answers give none', () => {
    const { absentRole, allowedHasNone, otherRefusalHasNone } = section('messages');
    assert.match(String(absentRole), /role trust policy trust:role\/none \(there is no such role\)/);
    assert.deepEqual([allowedHasNone, otherRefusalHasNone], [true, true]);
  });

  test('decoding takes a permission and a message of this Sojourn', () => {
    const { mayNotDecode, garbage, changed } = section('messages');
    const action = 'sts:DecodeAuthorizationMessage';
    const why = `because no identity-based policy allows the ${action} action`;
    assert.deepEqual(mayNotDecode, denied('iam::000000000000:user/bob', action, '*', why));
    const invalid = ['InvalidAuthorizationMessageException', 400, 'Message is not valid'];
    assert.deepEqual([garbage, changed], [invalid, invalid]);
  });
});

describe('GetWebIdentityToken', { skip }, () => {
  /** Knows the issuer's URL and nothing else. */
  async function verified(token: unknown): Promise<JWTVerifyResult> {
    const { issuer } = section('outbound');
    const discovery = await fetch(`${String(issuer)}/.well-known/openid-configuration`);
    const document = (await discovery.json()) as { readonly issuer: string; readonly jwks_uri: string };
    assert.equal(document.issuer, issuer);
    return jwtVerify(String(token), createRemoteJWKSet(new URL(document.jwks_uri)), {
      issuer: document.issuer,
      audience: 'https://api.example.com',
    });
  }

  /** Of a token that verifies for the audience, what is AWS's own in it. */
  async function awsClaims(token: unknown): Promise<Readonly<Record<string, unknown>>> {
    const { payload } = await verified(token);
    return Object.fromEntries(Object.entries(payload['https://sts.amazonaws.com/'] ?? {}));
  }

  test('a user’s token verifies by discovery and says who it is', async () => {
    const { payload, protectedHeader } = await verified(section('outbound')['user']);
    assert.deepEqual([protectedHeader.alg, protectedHeader.typ], ['ES384', 'JWT']);
    const { iat = 0, exp = 0, jti, ...claims } = payload;
    assert.equal(exp - iat, 300);
    assert.match(String(jti), /^[0-9a-f-]{36}$/);
    assert.deepEqual(claims, {
      iss: section('outbound')['issuer'],
      aud: 'https://api.example.com',
      sub: 'arn:aws:iam::000000000000:user/erin',
      'https://sts.amazonaws.com/': {
        aws_account: '000000000000',
        source_region: 'us-east-1',
        principal_id: 'arn:aws:iam::000000000000:user/erin',
        principal_tags: { team: 'blue' },
      },
    });
  });

  test('a token of a session says when that ends and who was behind it; tags may begin with aws:', async () => {
    const { ofSession, withSource, reserved } = section('outbound');
    const [token, expiration]: readonly unknown[] = Array.isArray(ofSession) ? ofSession : [];
    assert.equal((await awsClaims(token))['original_session_exp'], expiration);
    assert.equal((await awsClaims(withSource))['source_identity'], 'erin');
    assert.deepEqual((await awsClaims(reserved))['request_tags'], { 'aws:stage': 'x' });
  });

  test('federated users get none; 14,984 bytes of claims do, one more does not', () => {
    const { federated, largest, overLargest } = section('outbound');
    assert.deepEqual(federated, ['AccessDenied', 403, 'GetWebIdentityToken does not support federated user sessions']);
    assert.equal(largest, 14_984);
    const tooLarge = ['JWTPayloadSizeExceededException', 400, 'JWT payload exceeds maximum allowed size'];
    assert.deepEqual(overLargest, tooLarge);
  });

  test('a session’s token names the role with its path, the tags as policies see them, and every audience', async () => {
    const { payload, protectedHeader } = await verified(section('outbound')['role']);
    assert.equal(protectedHeader.alg, 'RS256');
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 60);
    assert.equal(payload.sub, 'arn:aws:iam::000000000000:role/ci/worker');
    assert.deepEqual(payload.aud, ['https://api.example.com', 'https://b.example.com']);
    const { original_session_exp: sessionEnd, ...claims } = await awsClaims(section('outbound')['role']);
    assert.match(String(sessionEnd), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.deepEqual(claims, {
      aws_account: '000000000000',
      source_region: 'us-east-1',
      principal_id: 'arn:aws:iam::000000000000:role/ci/worker',
      principal_tags: { team: 'green' },
      request_tags: { job: '7' },
    });
  });

  test('a changed token does not verify', async () => {
    const [header, payload, signature] = String(section('outbound')['user']).split('.');
    const other = Buffer.from(
      Buffer.from(payload ?? '', 'base64url')
        .toString()
        .replace('erin', 'root'),
    );
    await assert.rejects(verified(`${header}.${other.toString('base64url')}.${signature}`), /signature/);
  });

  test('audience, duration, algorithm and tags are condition keys and a permission', () => {
    const { audience, duration, algorithm, mayNotTag } = section('outbound');
    const refused = (action: string): readonly unknown[] =>
      denied(
        'iam::000000000000:user/erin',
        action,
        'arn:aws:sts::000000000000:self',
        `because no identity-based policy allows the ${action} action`,
      );
    assert.deepEqual([audience, duration, algorithm], Array(3).fill(refused('sts:GetWebIdentityToken')));
    assert.deepEqual(mayNotTag, refused('sts:TagGetWebIdentityToken'));
  });

  test('what cannot be issued is refused in STS’s words', () => {
    const { first, afterwards, escalation, tooLarge, unknownAlgorithm, tooShort } = section('outbound');
    const off = ['OutboundWebIdentityFederationDisabledException', 403, 'OutboundWebIdentityFederation is disabled.'];
    assert.deepEqual([first, afterwards], [off, off]);
    assert.deepEqual(
      [escalation, tooLarge, unknownAlgorithm, tooShort],
      [
        [
          'SessionDurationEscalationException',
          403,
          "Requested token expiry time must be before the original session's expiry time.",
        ],
        ['JWTPayloadSizeExceededException', 400, 'JWT payload exceeds maximum allowed size'],
        [
          'ValidationError',
          400,
          'Requested SigningAlgorithm is not supported. See the GetWebIdentityToken documentation for supported algorithms',
        ],
        [
          'ValidationError',
          400,
          "1 validation error detected: Value '59' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60",
        ],
      ],
    );
  });

  test('IAM switches the issuer on and off, and it stays the same one', () => {
    const { disabled, again, info, sameIssuer, issuer } = section('outbound');
    const off = (state: string): readonly unknown[] => [
      'FeatureDisabled',
      404,
      `Outbound identity federation is ${state} for account 000000000000`,
    ];
    assert.deepEqual(disabled, [off('disabled'), off('already disabled')]);
    assert.deepEqual(again, [
      'FeatureEnabled',
      409,
      'Outbound identity federation is already enabled for account 000000000000',
    ]);
    assert.deepEqual([info, sameIssuer], [true, true]);
    assert.ok(String(issuer).startsWith(`${sojourn.url}/_sojourn/oidc/`));
  });

  test('there are no other issuers, and no other pages of this one', async () => {
    const { issuer } = section('outbound');
    const stranger = `${sojourn.url}/_sojourn/oidc/00000000-0000-4000-8000-000000000000`;
    for (const url of [`${stranger}/.well-known/openid-configuration`, `${String(issuer)}/keys`, String(issuer)]) {
      assert.equal((await fetch(url)).status, 404, url);
    }
    const posted = await fetch(`${String(issuer)}/.well-known/jwks.json`, { method: 'POST' });
    assert.equal(posted.status, 405);
    const keys = await (await fetch(`${String(issuer)}/.well-known/jwks.json`)).text();
    assert.ok(!/"(d|p|q|dp|dq|qi)":/.test(keys), 'nothing private is published');
  });
});

test('calls that Sojourn has no use for are refused in the shape of their errors', { skip }, () => {
  const { root, saml, delegated } = section('refused');
  const target = 'arn:aws:iam::111122223333:root';
  assert.deepEqual(root, [
    'AccessDenied',
    403,
    `User: ${ROOT} is not authorized to perform: sts:AssumeRoot on resource: ${target}`,
  ]);
  assert.deepEqual(saml, [
    'InvalidIdentityToken',
    400,
    "Specified provider doesn't exist: Sojourn does not support SAML providers.",
  ]);
  assert.deepEqual(delegated, [
    'ExpiredTradeInTokenException',
    400,
    'The trade-in token is expired or not valid: Sojourn does not support delegation requests.',
  ]);
});

describe('last use', { skip }, () => {
  test('of a key and of a role is told at once, and never having been used as AWS tells it', () => {
    const { before: never, after: used, role, idle, unknownKey } = section('uses');
    assert.deepEqual(never, { ServiceName: 'N/A', Region: 'N/A' });
    assert.deepEqual(used, ['s3', 'us-east-1', true]);
    assert.deepEqual(role, ['us-east-1', true]);
    assert.deepEqual(idle, {});
    assert.deepEqual(unknownKey, [
      'AccessDenied',
      403,
      'User: arn:aws:iam::000000000000:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAAAAAAAAAAAAAAAAA',
    ]);
  });

  test('by service and by action, of what the entity’s policies grant', () => {
    const { status, services, ofPolicy } = section('uses');
    assert.deepEqual(status, ['COMPLETED', 'ACTION_LEVEL', false]);
    assert.deepEqual(services, [['sts', 1, 'arn:aws:iam::000000000000:role/ci/worker', ['GetWebIdentityToken']]]);
    assert.deepEqual(ofPolicy, [
      ['organizations', 0],
      ['s3', 3],
    ]);
  });

  test('by entity, those of groups too, the latest first', () => {
    const { entities, more, latestFirst } = section('uses');
    assert.deepEqual(entities, ['bob', 'carol', 'erin']);
    assert.deepEqual([more, latestFirst], [[true, false], true]);
  });

  test('unknown jobs and entities are refused', () => {
    const { noJob, noEntity, noKind } = section('uses');
    const job = '000000000000000000000000000000000000';
    assert.deepEqual(noJob, ['NoSuchEntity', 404, `The job with id ${job} cannot be found.`]);
    assert.deepEqual(noEntity, ['NoSuchEntity', 404, 'The role with name none cannot be found.']);
    assert.deepEqual(noKind, ['InvalidInput', 400, 'ARN arn:aws:s3:::fed-bucket is not valid.']);
  });
});

describe('LookupEvents', { skip }, () => {
  test('an event has what the console shows, and the whole record', () => {
    const { created, event, resources, whole } = section('history');
    assert.deepEqual(created, ['frank', 'erin', 'carol', 'bob']);
    assert.deepEqual(event, {
      EventName: 'CreateUser',
      ReadOnly: 'false',
      EventSource: 'iam.amazonaws.com',
      Username: 'root',
    });
    assert.match(JSON.stringify(resources), /^\[\["AWS::IAM::User","AIDA\w{17}"\]\]$/);
    assert.deepEqual(whole, [true, 'CreateUser', true]);
  });

  test('every lookup attribute selects', () => {
    const { byId, byKey, bySource, byUser, bySession, byResource, byType, written, none } = section('history');
    assert.deepEqual(byId, ['CreateUser']);
    assert.deepEqual([byKey, bySource, byType, written, none], [true, true, true, true, []]);
    assert.deepEqual(byUser, ['AssumeRole', 'GetWebIdentityToken', 'ListBuckets']);
    assert.deepEqual(bySession, ['GetWebIdentityToken']);
    assert.deepEqual(byResource, ['CreateRole', 'GetRole', 'PutRolePolicy']);
  });

  test('pages go from the newest to the oldest, each event once; times bound them', () => {
    const { newestFirst, once, pages, past, future, present } = section('history');
    assert.deepEqual([newestFirst, once, pages], [true, true, true]);
    assert.deepEqual([past, future, present], [[], [], 3]);
  });

  test('refusals have CloudTrail’s codes', () => {
    const { denied: refused, tooMany, two, range, token, foreignToken, unknown } = section('history');
    const codes = [refused, tooMany, two, range, token, foreignToken, unknown].map((refusal) =>
      Array.isArray(refusal) ? refusal[0] : refusal,
    );
    assert.deepEqual(codes, [
      'AccessDeniedException',
      'InvalidMaxResultsException',
      'InvalidLookupAttributesException',
      'InvalidTimeRangeException',
      'InvalidNextTokenException',
      'InvalidNextTokenException',
      'UnsupportedOperationException',
    ]);
  });

  test('there are no insights, and no token is in any event', () => {
    const { insight, tokensInLog } = section('history');
    assert.deepEqual([insight, tokensInLog], [[], false]);
  });
});

test('what was used last survives a restart', { skip }, async () => {
  const { accessKeyId, secretAccessKey } = sojourn;
  assert.equal(await sojourn.stop(), 0);
  const again = await startSojourn({ data: sojourn.data, key: { accessKeyId, secretAccessKey } });
  try {
    const script =
      "import boto3; print(boto3.client('iam').get_role(RoleName='worker')['Role']['RoleLastUsed'].get('Region'))";
    const ran = await run('python3', ['-c', script], { env: again.env });
    assert.equal(ran.out.trim(), 'us-east-1', ran.err);
  } finally {
    await again.stop();
  }
});
