/** One page of a bucket's open uploads, those below a delimiter folded into common prefixes. */
import type { MultipartUpload } from '../../storage/objects/objects.ts';
import type { ListMultipartUploadsRequest } from '../../wire/generated/s3-types.ts';
import type { Call } from '../operation.ts';

/** What one answer of ListMultipartUploads holds. */
export interface UploadsPage {
  readonly uploads: readonly MultipartUpload[];
  readonly commonPrefixes: readonly string[];
  /** The markers of the next page: an upload, or a common prefix without upload id. Undefined at the end. */
  readonly next: { readonly key: string; readonly uploadId: string | undefined } | undefined;
}

/** Greater than every upload id, and than what follows a common prefix in any key. */
const LAST = '\u{10FFFF}';

/** Uploads and common prefixes together, at most `limit`, in the order of their keys. */
export async function uploadsPage(input: ListMultipartUploadsRequest, limit: number, call: Call): Promise<UploadsPage> {
  const prefix = input.Prefix ?? '';
  const uploads: MultipartUpload[] = [];
  const commonPrefixes: string[] = [];
  let next: UploadsPage['next'] = { key: input.KeyMarker ?? '', uploadId: input.UploadIdMarker };
  for (;;) {
    const room = limit - uploads.length - commonPrefixes.length;
    const batch = await call.sojourn.objects.listUploads(input.Bucket, prefix, resumed(next, input), room + 1);
    if (batch.length === 0 || limit === 0) return { uploads, commonPrefixes, next: undefined };
    for (const upload of batch) {
      if (uploads.length + commonPrefixes.length === limit) return { uploads, commonPrefixes, next };
      const common = commonPrefix(upload.key, prefix, input.Delimiter);
      next = { key: common ?? upload.key, uploadId: common === undefined ? upload.uploadId : undefined };
      if (common === undefined) uploads.push(upload);
      else {
        commonPrefixes.push(common);
        // The rest of the batch may lie below the same prefix: go on behind it.
        break;
      }
    }
  }
}

/** A key alone passes over all of its uploads, and a common prefix over everything below it. */
function resumed(
  marker: { readonly key: string; readonly uploadId: string | undefined },
  input: ListMultipartUploadsRequest,
): { readonly key: string; readonly uploadId: string } | undefined {
  if (marker.key === '') return undefined;
  if (marker.uploadId) return { key: marker.key, uploadId: marker.uploadId };
  const below = commonPrefix(marker.key, input.Prefix ?? '', input.Delimiter) === marker.key;
  return { key: below ? marker.key + LAST : marker.key, uploadId: LAST };
}

function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (!delimiter) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
