/** The form of the tables in `actions/`: one a service, of the actions it has and the ARNs they can be asked of. */

/** Actions that can be asked of the same kinds of resources. */
export interface ResourceActions {
  /** Service and beginning of the resource part of the ARNs, `iam:user/`. */
  readonly beginnings: readonly string[];
  /** Names without the service's prefix, separated by white space. */
  readonly actions: string;
}

/** One service's actions. */
export interface ServiceActions {
  /** Before the colon of its actions. */
  readonly prefix: string;
  readonly onResources: readonly ResourceActions[];
  /** Names of the actions that no ARN can be asked for, separated by white space. */
  readonly withoutResource: string;
  /** Of every other name with this prefix: beginnings of ARNs. Undefined where the table is complete. */
  readonly others?: readonly string[];
}
