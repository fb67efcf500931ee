/** Actions of AWS KMS and the ARNs that they can be asked of (AWS service authorization reference). */
import type { ServiceActions } from '../service-actions.ts';

/** The row of `kms`. */
export const KMS_ACTIONS: ServiceActions = {
  prefix: 'kms',
  onResources: [
    {
      beginnings: ['kms:alias/', 'kms:key/'],
      actions: `
        CreateAlias DeleteAlias UpdateAlias`,
    },
    {
      beginnings: ['kms:key/'],
      actions: `
        CancelKeyDeletion CreateGrant Decrypt DeleteImportedKeyMaterial DeriveSharedSecret DescribeKey DisableKey
        DisableKeyRotation EnableKey EnableKeyRotation Encrypt GenerateDataKey GenerateDataKeyPair
        GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac GetKeyLastUsage GetKeyPolicy
        GetKeyRotationStatus GetParametersForImport GetPublicKey ImportKeyMaterial ListGrants ListKeyPolicies
        ListKeyRotations ListResourceTags PutKeyPolicy ReEncryptFrom ReEncryptTo ReplicateKey RetireGrant RevokeGrant
        RotateKeyOnDemand ScheduleKeyDeletion Sign SynchronizeMultiRegionKey TagResource UntagResource
        UpdateKeyDescription UpdatePrimaryRegion Verify VerifyMac`,
    },
  ],
  withoutResource: `
    ConnectCustomKeyStore CreateCustomKeyStore CreateKey DeleteCustomKeyStore DescribeCustomKeyStores
    DisconnectCustomKeyStore GenerateRandom ListAliases ListKeys ListRetirableGrants UpdateCustomKeyStore`,
};
