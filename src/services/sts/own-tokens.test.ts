/** Tokens of GetWebIdentityToken that come back as web identities: refused, though their issuer is registered and trusted. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { elementText } from '../../cli/api-client.ts';
import { ACCOUNT, openSts, refused, type StsUnderTest } from './sts-suite.ts';

const HOST = 'sojourn.example';
let sts: StsUnderTest;
/** Path of the account's own issuer, and of one that another Sojourn could have. */
let own: string;
const foreign = '/_sojourn/oidc/00000000-0000-4000-8000-000000000000';

before(async () => {
  sts = await openSts();
  const enabled = await sts.asRoot('iam', 'EnableOutboundWebIdentityFederation', {});
  own = new URL(elementText(enabled, 'IssuerIdentifier') ?? '').pathname;
});
after(() => sts.dispose());

/** Registers the issuer and lets everything of it assume a role; answers the role. */
async function trusting(name: string, path: string): Promise<string> {
  await sts.asRoot('iam', 'CreateOpenIDConnectProvider', {
    Url: `https://${HOST}${path}`,
    'ClientIDList.member.1': 'sts.amazonaws.com',
    'ThumbprintList.member.1': 'a'.repeat(40),
  });
  const Federated = `arn:aws:iam::${ACCOUNT}:oidc-provider/${HOST}${path}`;
  return sts.role(name, [{ Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' }]);
}

test('this Sojourn takes none of its own tokens, by whatever name they call it, also after the switch', async () => {
  const role = await trusting('own', own);
  const issuer = `https://${HOST}${own}`;
  const sentence = `No OpenIDConnect provider found in your account for ${issuer}`;
  refused(await sts.federate(role, sts.token({ iss: issuer })), 400, 'InvalidIdentityToken', sentence);
  assert.match(sts.auditLines().at(-1) ?? '', /tokens of GetWebIdentityToken are for services elsewhere/);
  await sts.asRoot('iam', 'DisableOutboundWebIdentityFederation', {});
  refused(await sts.federate(role, sts.token({ iss: issuer })), 400, 'InvalidIdentityToken', sentence);
});

test('those of another Sojourn are tokens like any', async () => {
  const role = await trusting('foreign', foreign);
  const answer = await sts.federate(role, sts.token({ iss: `https://${HOST}${foreign}` }));
  assert.equal(answer.status, 200, answer.body);
});
