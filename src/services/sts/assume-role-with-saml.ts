/** sts:AssumeRoleWithSAML. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html */
import { stsError } from '../../federation/sts-errors.ts';
import type { AssumeRoleWithSAMLRequest, AssumeRoleWithSAMLResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';

/** Refused: Sojourn federates OpenID Connect only, so there is never a SAML provider to verify against. */
export const assumeRoleWithSAML: Operation<AssumeRoleWithSAMLRequest, AssumeRoleWithSAMLResponse> = {
  name: 'AssumeRoleWithSAML',
  permission: { kind: 'own', how: 'Always refused: there are no SAML providers.', actions: ['sts:AssumeRoleWithSAML'] },
  async handle() {
    throw stsError(
      'InvalidIdentityToken',
      "Specified provider doesn't exist: Sojourn does not support SAML providers.",
    );
  },
};
