/** Actions of AWS Lambda and the ARNs that they can be asked of (AWS service authorization reference). */
import type { ServiceActions } from '../service-actions.ts';

/** The row of `lambda`. */
export const LAMBDA_ACTIONS: ServiceActions = {
  prefix: 'lambda',
  onResources: [
    {
      beginnings: ['lambda:'],
      actions: `
        AddLayerVersionPermission AddPermission CheckpointDurableExecution CreateAlias CreateCapacityProvider
        CreateFunction CreateFunctionUrlConfig DeleteAlias DeleteCapacityProvider DeleteCodeSigningConfig
        DeleteEventSourceMapping DeleteFunction DeleteFunctionCodeSigningConfig DeleteFunctionConcurrency
        DeleteFunctionEventInvokeConfig DeleteFunctionUrlConfig DeleteLayerVersion DeleteProvisionedConcurrencyConfig
        DisableReplication EnableReplication GetAlias GetCapacityProvider GetCodeSigningConfig GetDurableExecution
        GetDurableExecutionHistory GetDurableExecutionState GetEventSourceMapping GetFunction
        GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration GetFunctionEventInvokeConfig
        GetFunctionRecursionConfig GetFunctionScalingConfig GetFunctionUrlConfig GetLayerVersion GetLayerVersionPolicy
        GetPolicy GetProvisionedConcurrencyConfig GetRuntimeManagementConfig InvokeAsync InvokeFunction
        InvokeFunctionUrl ListAliases ListDurableExecutionsByFunction ListFunctionEventInvokeConfigs
        ListFunctionUrlConfigs ListFunctionVersionsByCapacityProvider ListFunctionsByCodeSigningConfig
        ListProvisionedConcurrencyConfigs ListTags ListVersionsByFunction PassCapacityProvider PublishLayerVersion
        PublishVersion PutFunctionCodeSigningConfig PutFunctionConcurrency PutFunctionEventInvokeConfig
        PutFunctionRecursionConfig PutFunctionScalingConfig PutProvisionedConcurrencyConfig PutRuntimeManagementConfig
        RemoveLayerVersionPermission RemovePermission SendDurableExecutionCallbackFailure
        SendDurableExecutionCallbackHeartbeat SendDurableExecutionCallbackSuccess StopDurableExecution TagResource
        UntagResource UpdateAlias UpdateCapacityProvider UpdateCodeSigningConfig UpdateEventSourceMapping
        UpdateFunctionCode UpdateFunctionCodeSigningConfig UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig
        UpdateFunctionUrlConfig`,
    },
  ],
  withoutResource: `
    CreateCodeSigningConfig CreateEventSourceMapping GetAccountSettings ListCapacityProviders
    ListCodeSigningConfigs ListEventSourceMappings ListFunctions ListLayerVersions ListLayers`,
};
