/**
 * Root elements of S3's answers whose output as a whole is the body: the model does not name them.
 * Source: the response syntax of each operation in the Amazon S3 API Reference; for
 * GetObjectAttributes its sample, which is what the service prints.
 */
export const S3_ROOT_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['CompleteMultipartUpload', 'CompleteMultipartUploadResult'],
  ['CreateMultipartUpload', 'InitiateMultipartUploadResult'],
  ['DeleteObjects', 'DeleteResult'],
  ['GetBucketAccelerateConfiguration', 'AccelerateConfiguration'],
  ['GetBucketAcl', 'AccessControlPolicy'],
  ['GetBucketCors', 'CORSConfiguration'],
  ['GetBucketLifecycle', 'LifecycleConfiguration'],
  ['GetBucketLifecycleConfiguration', 'LifecycleConfiguration'],
  ['GetBucketLocation', 'LocationConstraint'],
  ['GetBucketLogging', 'BucketLoggingStatus'],
  ['GetBucketNotification', 'NotificationConfiguration'],
  ['GetBucketNotificationConfiguration', 'NotificationConfiguration'],
  ['GetBucketRequestPayment', 'RequestPaymentConfiguration'],
  ['GetBucketTagging', 'Tagging'],
  ['GetBucketVersioning', 'VersioningConfiguration'],
  ['GetBucketWebsite', 'WebsiteConfiguration'],
  ['GetObjectAcl', 'AccessControlPolicy'],
  ['GetObjectAttributes', 'GetObjectAttributesResponse'],
  ['GetObjectTagging', 'Tagging'],
  ['ListBuckets', 'ListAllMyBucketsResult'],
  ['ListMultipartUploads', 'ListMultipartUploadsResult'],
  ['ListObjectVersions', 'ListVersionsResult'],
  ['ListObjects', 'ListBucketResult'],
  ['ListObjectsV2', 'ListBucketResult'],
  ['ListParts', 'ListPartsResult'],
]);
