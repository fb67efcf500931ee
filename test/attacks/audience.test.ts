/**
 * A token that was meant for somebody else: the confused deputy against which RFC 7519 section 4.1.3 and
 * OpenID Connect Core 3.1.3.7 have `aud`, and which HashiCorp Vault was when it held `aud` wrongly against the
 * role's audiences (CVE-2024-5798). STS's rule as recorded: `azp` when it is there, else the one `aud`, which
 * must be registered (reference aws-federation 2).
 */
import { test } from 'node:test';
import { AUDIENCE, besiege, NOT_AUTHORIZED, NOT_VALIDATED, trusting } from './siege.ts';

const siege = await besiege();

test('a token minted for another service does not open this one', async () => {
  await siege.letIn(siege.token());
  for (const aud of [
    'https://github.com/my-org',
    'api://AzureADTokenExchange',
    'sigstore',
    'pypi',
    'vault.example',
    'sts.amazonaws.com.cn',
    'https://sts.amazonaws.com',
    'sts.amazonaws.com/',
    'STS.amazonaws.com',
    ' sts.amazonaws.com',
    'sts.amazonaws.com,other',
    '*',
    '',
  ]) {
    await siege.refused(siege.token({ aud }), NOT_VALIDATED);
  }
});

test('several audiences need an azp to choose, though each is registered', async () => {
  const manyAudiences = {
    code: 'InvalidIdentityToken',
    message: 'Token audience contains more than one audience while authorized party is not present',
  };
  await siege.letIn(siege.token({ aud: [AUDIENCE] }));
  for (const aud of [
    [AUDIENCE, 'other'],
    ['other', AUDIENCE],
    [AUDIENCE, AUDIENCE],
  ]) {
    await siege.refused(siege.token({ aud }), manyAudiences);
    await siege.letIn(siege.token({ aud, azp: AUDIENCE }));
  }
  await siege.refused(siege.token({ aud: [] }), {
    code: 'InvalidIdentityToken',
    message: 'Claim is not allowed to be empty: aud',
  });
});

test('azp decides whatever aud says: a wrong, empty or odd one is not saved by a right aud', async () => {
  for (const azp of ['other', '', null, 0, false, [AUDIENCE], { azp: AUDIENCE }]) {
    await siege.refused(siege.token({ azp }), NOT_VALIDATED);
  }
  await siege.letIn(siege.token({ aud: 'other', azp: AUDIENCE }));
});

test('an aud that is no text, or holds one deeper, is nobody’s', async () => {
  for (const aud of [0, true, { aud: AUDIENCE }, [[AUDIENCE]], [{ aud: AUDIENCE }], [null]]) {
    await siege.refused(siege.token({ aud }), NOT_VALIDATED);
  }
});

test('a registered audience is not enough where the trust policy asks for another of the provider’s', async () => {
  const url = 'https://two-audiences.example';
  (await siege.issuer(url)).serve([siege.key]);
  await siege.provider(url, [AUDIENCE, 'second']);
  await siege.role('two-audiences', url, trusting(url));
  await siege.letIn(siege.token({ iss: url }), 'two-audiences');
  await siege.refused(siege.token({ iss: url, aud: 'second' }), NOT_AUTHORIZED, 'two-audiences');
  // aud of the condition is azp when there is one: what stands in aud then opens nothing.
  await siege.refused(siege.token({ iss: url, aud: AUDIENCE, azp: 'second' }), NOT_AUTHORIZED, 'two-audiences');
});
