/** An AWS managed policy as Sojourn ships it: AWS's name, ARN, id and version; a document of our own. */
import type { Arn } from '../../base/arn.ts';
import { formatArn, PARTITION } from '../../base/arn.ts';

/** A policy of AWS's, written anew under its name. */
export interface AwsManagedPolicy {
  /** `arn:aws:iam::aws:policy/{name}` */
  readonly arn: Arn;
  readonly name: string;
  readonly path: '/';
  /** `ANPA…`, AWS's own. */
  readonly id: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly createDate: number;
  readonly updateDate: number;
  /** The only version kept: the default one. */
  readonly versionId: string;
  /** Policy text. */
  readonly document: string;
}

/** One allow statement of an AWS managed policy. */
export interface AllowStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: '*';
}

/** What a file of this folder says; the rest follows from it. */
export interface ManagedPolicySource {
  readonly name: string;
  readonly id: string;
  readonly description: string;
  /** ISO 8601, AWS's own creation time. */
  readonly created: string;
  /** ISO 8601, when this version came. */
  readonly updated: string;
  readonly versionId: string;
  readonly statements: readonly AllowStatement[];
}

/** The policy with its ARN and its text. */
export function managedPolicyFrom(source: ManagedPolicySource): AwsManagedPolicy {
  const parts = { partition: PARTITION, service: 'iam', region: '', account: 'aws' };
  return {
    arn: formatArn({ ...parts, resource: `policy/${source.name}` }),
    name: source.name,
    path: '/',
    id: source.id,
    description: source.description,
    createDate: Date.parse(source.created),
    updateDate: Date.parse(source.updated),
    versionId: source.versionId,
    document: JSON.stringify({ Version: '2012-10-17', Statement: source.statements }, undefined, 4),
  };
}
