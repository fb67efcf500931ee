/**
 * A token without `exp` never ends. Ceph's RADOS Gateway accepted such tokens; RFC 7519 makes every
 * claim optional, so a verifier must ask. STS requires five (reference aws-federation 2).
 */
import { test } from 'node:test';
import { besiege, NOT_VALIDATED } from './siege.ts';

const siege = await besiege();

test('iss, sub, aud, iat and exp must be there; each is missed by its name', async () => {
  await siege.letIn(siege.token());
  for (const claim of ['iss', 'sub', 'aud', 'iat', 'exp']) {
    await siege.refused(siege.token({ [claim]: undefined }), {
      code: 'InvalidIdentityToken',
      message: `Missing a required claim: ${claim}`,
    });
  }
});

test('nbf and jti need not be there', async () => {
  await siege.letIn(siege.token({ nbf: undefined, jti: undefined }));
});

test('null is not absent: it never stands for a time without end or for anyone', async () => {
  const badTime = { code: 'InvalidIdentityToken', message: 'Invalid timestamp in token claims.' };
  for (const claim of ['exp', 'iat', 'nbf']) await siege.refused(siege.token({ [claim]: null }), badTime);
  await siege.refused(siege.token({ aud: null }), NOT_VALIDATED);
  await siege.refused(siege.token({ sub: null }), {
    code: 'InternalFailure',
    message: 'Unknown error validating third-party token',
  });
  await siege.refused(siege.token({ iss: null }), {
    code: 'InvalidIdentityToken',
    message: 'Missing a required claim: iss',
  });
});

test('a token that names its claims in the header has none', async () => {
  await siege.refused(siege.token({ exp: undefined }, { exp: siege.seconds() + 300, iat: siege.seconds() }), {
    code: 'InvalidIdentityToken',
    message: 'Missing a required claim: exp',
  });
});
