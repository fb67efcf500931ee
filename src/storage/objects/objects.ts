/**
 * The object port: bytes under a bucket and key. A put is visible only when whole, and survives a
 * power cut once answered. Buckets themselves are records of the state port.
 *
 * Keys are well-formed Unicode (others are a TypeError) and compared by their UTF-8 bytes. Failures
 * of the disk are the errors of the call that met them; such a call has stored nothing.
 */

/** What is kept beside the bytes. */
export interface ObjectFacts {
  readonly size: number;
  /** Without quotes: 32 hex digits, or `{hex}-{parts}` for multipart. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  /** Content-Type, Cache-Control, Content-Disposition, Content-Encoding, Content-Language, Expires: lower-cased header → value. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-meta-*` without the prefix, names lower-cased. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Base64, as S3 prints it: algorithm → value (`{base64}-{parts}` for a composite one). */
  readonly checksums: Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE' | undefined;
  readonly storageClass: string;
  /**
   * Multipart objects: their parts in order, for GET ?partNumber and GetObjectAttributes. Known to
   * the store from `putPart`: what a caller gives here is not kept, and listings leave it out.
   */
  readonly parts?: readonly PartFacts[] | undefined;
  /** Of the upload that was completed as this object. The store's own as well: what a caller gives is not kept. */
  readonly uploadId?: string | undefined;
}

/** S3's additional checksums, by S3's names. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** An object as it can be read now. */
export interface StoredObject extends ObjectFacts {
  readonly bucket: string;
  readonly key: string;
  /** See `base/version-id.ts`; `null` for the version that an unversioned bucket keeps. */
  readonly versionId: string;
  /** Opaque name of these very bytes: a put of the same key has another one. */
  readonly content: string;
}

/** A version that says: deleted. It has no bytes. */
export interface DeleteMarker {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
}

/** One version of a key. */
export type Version =
  | { readonly kind: 'object'; readonly object: StoredObject }
  | { readonly kind: 'deleteMarker'; readonly marker: DeleteMarker };

/**
 * Which version a write makes: a new one beside those that are there, or the `null` version in place
 * of the one before. Either is the latest of its key from then on.
 */
export type WrittenVersion = 'new' | 'null';

/** How a put treats what is there. */
export interface Writing {
  readonly version: WrittenVersion;
  readonly condition: PutCondition;
}

/** One uploaded part. */
export interface PartFacts {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: number;
  readonly checksums: Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
}

/** Facts that are known only when the last byte has passed; the caller computes them while the bytes stream. */
export type Finish = (size: number) => Omit<ObjectFacts, 'size' | 'lastModified'>;

/**
 * What must hold of the present object for a put to happen (If-Match, If-None-Match: `*`). The
 * present object is the latest version; where that is a delete marker, there is none.
 */
export type PutCondition =
  { readonly kind: 'none' } | { readonly kind: 'absent' } | { readonly kind: 'etag'; readonly etag: string };

/** What became of a put. */
export type PutResult =
  | { readonly kind: 'stored'; readonly object: StoredObject }
  | { readonly kind: 'conditionFailed' }
  | { readonly kind: 'noSuchKey' };

/** An upload under way: what its object will have. */
export interface MultipartUpload {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  /** Milliseconds since the epoch. */
  readonly initiated: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE' | undefined;
  /** Principal ARN of the initiator. */
  readonly initiator: string;
}

/** What of a bucket is listed. */
export interface ListQuery {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /** Keys (and common prefixes) strictly after this, in UTF-8 byte order; '' from the start. */
  readonly after: string;
  /** Keys and common prefixes together. */
  readonly limit: number;
}

/** One page, in the byte order of keys. */
export interface ListResult {
  readonly objects: readonly StoredObject[];
  readonly commonPrefixes: readonly string[];
  /** Pass as `after` for the rest; undefined at the end. */
  readonly next: string | undefined;
}

/** What of a bucket's versions is listed. */
export interface VersionQuery {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /**
   * With a version, the older versions of that key come first, whether that one is still there or
   * not; without one, the listing begins after the key (or common prefix). From the start when undefined.
   */
  readonly after: VersionPlace | undefined;
  /** Versions and common prefixes together. */
  readonly limit: number;
}

/** A place in a listing of versions. */
export interface VersionPlace {
  readonly key: string;
  /** Undefined where the place is a common prefix, or the end of a key. */
  readonly versionId: string | undefined;
}

/** One version in a listing. */
export interface ListedVersion {
  readonly version: Version;
  readonly isLatest: boolean;
}

/** One page: keys in their byte order, the versions of each from the newest to the oldest. */
export interface VersionList {
  readonly versions: readonly ListedVersion[];
  readonly commonPrefixes: readonly string[];
  /** Pass as `after` for the rest; undefined at the end. */
  readonly next: VersionPlace | undefined;
}

/** Looks at what a deletion would meet, in the step that would delete it; throws to leave it there. */
export type DeleteCheck = (present: Version | undefined) => void;

/** The port. Keys and buckets are any texts; they are never used as file names. */
export interface Objects {
  /**
   * Takes the stream to its end, then makes the object visible in one step. When `body` or
   * `finish` throws, nothing is stored and the error is passed on. Chunks of `body` are not copied:
   * they are not to be written to again. The condition is checked when the object would become visible.
   */
  put(
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    finish: Finish,
    writing: Writing,
  ): Promise<PutResult>;
  /** The latest version, when it is an object. */
  head(bucket: string, key: string): Promise<StoredObject | undefined>;
  /** The version of this id, or the latest. */
  find(bucket: string, key: string, versionId: string | undefined): Promise<Version | undefined>;
  /**
   * Bytes `start` to `end` inclusive, ended at the object's last byte; a consistent snapshot even
   * when the object is replaced or deleted meanwhile, given that reading begins within seconds of
   * the `head` or `list` that gave `object`. Later than that, reading replaced bytes is an error.
   */
  read(object: StoredObject, start: number, end: number): AsyncIterable<Uint8Array>;
  /**
   * Changes facts but not bytes (tagging): size and parts stay as they are. False when there is no
   * such version, or it is a delete marker; an error of `change` is passed on.
   */
  update(
    bucket: string,
    key: string,
    versionId: string,
    change: (object: StoredObject) => ObjectFacts,
  ): Promise<boolean>;
  /**
   * Removes one version for ever; what it was, or undefined. When it was the latest, the next older
   * one is. `check` sees the version that would go.
   */
  delete(bucket: string, key: string, versionId: string, check?: DeleteCheck): Promise<Version | undefined>;
  /** Puts a delete marker on top of a key, whether or not there is anything below. `check` sees the latest version. */
  mark(bucket: string, key: string, version: WrittenVersion, check?: DeleteCheck): Promise<DeleteMarker>;
  /** The latest versions that are objects. Versions below them cost nothing. */
  list(bucket: string, query: ListQuery): Promise<ListResult>;
  listVersions(bucket: string, query: VersionQuery): Promise<VersionList>;
  /** True when the bucket holds no version and no delete marker; open uploads do not count, as on S3. */
  isEmpty(bucket: string): Promise<boolean>;

  createUpload(upload: MultipartUpload): Promise<void>;
  getUpload(bucket: string, key: string, uploadId: string): Promise<MultipartUpload | undefined>;
  /** Uploads with keys that start with `prefix`, ordered by key and then upload id, those after `after`. */
  listUploads(
    bucket: string,
    prefix: string,
    after: { readonly key: string; readonly uploadId: string } | undefined,
    limit: number,
  ): Promise<readonly MultipartUpload[]>;
  /** Stores or replaces one part. Undefined when the upload is gone. */
  putPart(
    upload: MultipartUpload,
    number: number,
    body: AsyncIterable<Uint8Array>,
    finish: (size: number) => Pick<PartFacts, 'etag' | 'checksums'>,
  ): Promise<PartFacts | undefined>;
  /** In part order, numbers after `after`; none when the upload is gone. */
  listParts(upload: MultipartUpload, after: number, limit: number): Promise<readonly PartFacts[]>;
  /**
   * Joins the parts into the object and ends the upload, in one step; parts that are not named are
   * dropped. `numbers` ascend (S3: InvalidPartOrder otherwise), else a RangeError. When `facts.parts`
   * is given, a part that has another ETag by now counts as missing. Nothing is changed unless the
   * result is `stored`.
   *
   * As on S3 the object is as old as its upload: `lastModified` is when it was initiated, versions that
   * were written since then stay above it, and where a `null` version was written since then, that one
   * stays and the object is gone at once.
   */
  completeUpload(
    upload: MultipartUpload,
    numbers: readonly number[],
    facts: Omit<ObjectFacts, 'size' | 'lastModified'>,
    writing: Writing,
  ): Promise<PutResult | { readonly kind: 'noSuchUpload' } | { readonly kind: 'noSuchPart'; readonly number: number }>;
  /** What an upload was completed as, for as long as that version is there. */
  completedUpload(bucket: string, key: string, uploadId: string): Promise<StoredObject | undefined>;

  /** False when there was none. */
  abortUpload(bucket: string, key: string, uploadId: string): Promise<boolean>;
  /** Drops what is left of a deleted bucket: open uploads with their parts, and any version put as it was deleted. */
  dropBucket(bucket: string): Promise<void>;
  close(): Promise<void>;
}
