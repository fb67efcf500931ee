/**
 * A service model as tables: what `scripts/generate-wire-tables.ts` takes from AWS's public models.
 * Member and trait names are the models' own, so that the two can be laid side by side.
 */

/** One service's tables. */
export interface ServiceModel {
  readonly service: 'sts' | 'iam' | 's3' | 'organizations' | 'cloudtrail';
  readonly apiVersion: string;
  readonly protocol: 'query' | 'rest-xml' | 'json';
  /** Empty for JSON. */
  readonly xmlNamespace: string;
  /** JSON protocol: what stands before the operation in `X-Amz-Target`. */
  readonly targetPrefix?: string;
  /** Version of the package that the models came from. */
  readonly source: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  /** Operations of the service that have no table here, with their HTTP binding: enough to name them in a refusal. */
  readonly others: Readonly<Record<string, HttpBinding>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Where an operation is called. */
export interface HttpBinding {
  readonly method: string;
  /** `/{Bucket}/{Key+}?uploads`; always `/` for query services. */
  readonly requestUri: string;
}

/** One operation: the names of its shapes, and how it travels. */
export interface OperationModel {
  readonly http: HttpBinding & { readonly responseCode?: number };
  readonly input?: string;
  readonly output?: string;
  /** Query protocol: element around the output's members. */
  readonly resultWrapper?: string;
  /** Root element of an XML request body, when the input as a whole is the body. */
  readonly inputRoot?: string;
  /** `none`: the call is not signed. */
  readonly authtype?: 'none';
  readonly errors: readonly string[];
}

/** A shape; names of other shapes lead on into the table. */
export type Shape =
  | StructureShape
  | {
      readonly type: 'list';
      readonly member: Member;
      readonly flattened?: true;
      readonly min?: number;
      readonly max?: number;
    }
  | {
      readonly type: 'map';
      readonly key: Member;
      readonly value: Member;
      readonly flattened?: true;
      readonly min?: number;
      readonly max?: number;
    }
  | {
      readonly type: 'string';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: string;
      readonly enum?: readonly string[];
      readonly sensitive?: true;
    }
  | {
      readonly type: 'integer' | 'long' | 'float' | 'double';
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly type: 'boolean' }
  | { readonly type: 'timestamp'; readonly timestampFormat?: string }
  | {
      readonly type: 'blob';
      readonly streaming?: true;
      readonly min?: number;
      readonly max?: number;
      readonly sensitive?: true;
    };

/** Members by name, in the order of the model. */
export interface StructureShape {
  readonly type: 'structure';
  readonly required?: readonly string[];
  readonly members: Readonly<Record<string, Member>>;
  /** Name of the member that is the whole body. */
  readonly payload?: string;
  /** Error structures: wire code and HTTP status. */
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
  readonly exception?: true;
  /** Declared by every element of this shape: `xsi` of a grantee. */
  readonly xmlNamespace?: XmlNamespace;
}

/** A namespace that an element declares. */
export interface XmlNamespace {
  readonly prefix?: string;
  readonly uri: string;
}

/** A reference to a shape, with what the place adds to it. */
export interface Member {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly flattened?: true;
  readonly xmlAttribute?: true;
  readonly xmlNamespace?: XmlNamespace;
  readonly streaming?: true;
  readonly timestampFormat?: string;
}
