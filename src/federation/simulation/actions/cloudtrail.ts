/** Actions of AWS CloudTrail and the ARNs that they can be asked of (AWS service authorization reference). */
import type { ServiceActions } from '../service-actions.ts';

/** The row of `cloudtrail`. */
export const CLOUDTRAIL_ACTIONS: ServiceActions = {
  prefix: 'cloudtrail',
  onResources: [
    {
      beginnings: ['cloudtrail:channel/'],
      actions: `
        CreateServiceLinkedChannel DeleteChannel DeleteServiceLinkedChannel GetChannel GetServiceLinkedChannel
        UpdateChannel UpdateServiceLinkedChannel`,
    },
    {
      beginnings: ['cloudtrail:channel/', 'cloudtrail:dashboard/', 'cloudtrail:eventdatastore/'],
      actions: `
        DeleteResourcePolicy GetResourcePolicy PutResourcePolicy`,
    },
    {
      beginnings: ['cloudtrail:channel/', 'cloudtrail:dashboard/', 'cloudtrail:eventdatastore/', 'cloudtrail:trail/'],
      actions: `
        AddTags ListTags RemoveTags`,
    },
    {
      beginnings: ['cloudtrail:channel/', 'cloudtrail:eventdatastore/'],
      actions: `
        CreateChannel`,
    },
    {
      beginnings: ['cloudtrail:dashboard/'],
      actions: `
        CreateDashboard DeleteDashboard GetDashboard StartDashboardRefresh UpdateDashboard`,
    },
    {
      beginnings: ['cloudtrail:eventdatastore/'],
      actions: `
        CancelQuery CreateEventDataStore DeleteEventDataStore DescribeQuery DisableFederation EnableFederation
        GenerateQuery GenerateQueryResultsSummary GetEventDataStore GetEventDataStoreData GetQueryResults ListQueries
        RestoreEventDataStore StartEventDataStoreIngestion StartQuery StopEventDataStoreIngestion UpdateEventDataStore`,
    },
    {
      beginnings: ['cloudtrail:eventdatastore/', 'cloudtrail:trail/'],
      actions: `
        GetEventConfiguration GetInsightSelectors PutEventConfiguration PutInsightSelectors`,
    },
    {
      beginnings: ['cloudtrail:trail/'],
      actions: `
        CreateTrail DeleteTrail GetEventSelectors GetTrail GetTrailStatus ListInsightsData PutEventSelectors
        StartLogging StopLogging UpdateTrail`,
    },
  ],
  withoutResource: `
    DeregisterOrganizationDelegatedAdmin DescribeTrails GetImport ListChannels ListDashboards ListEventDataStores
    ListImportFailures ListImports ListPublicKeys ListServiceLinkedChannels ListTrails LookupEvents
    RegisterOrganizationDelegatedAdmin SearchSampleQueries StartImport StopImport`,
};
