/** The trust policy that `sojourn explain` asks: from a file, or with its role from the server. */
import { iamArn, isAccountId, parseArn, type Arn } from '../../base/arn.ts';
import type { Tag } from '../../base/tags.ts';
import {
  callQuery,
  clientFromEnvironment,
  elementText,
  errorText,
  type ApiAnswer,
  type ApiClient,
} from '../api-client.ts';
import { option, type Invocation } from '../command.ts';
import { textOf } from './text-of.ts';
import { Unreadable } from './unreadable.ts';

/** A document and what is known of its role. */
export interface TrustDocument {
  readonly text: string;
  /** Where it was read: the file as it was named, `standard input`, or the role's ARN. */
  readonly source: string;
  readonly roleArn: Arn | undefined;
  /** Undefined for a file: it tells of no role. */
  readonly roleTags: readonly Tag[] | undefined;
}

/** Reads it as `--trust` or `--role` says. Throws {@link Unreadable}. */
export async function readTrustDocument(call: Invocation): Promise<TrustDocument> {
  const file = option(call, 'trust');
  const role = option(call, 'role');
  if ((file === undefined) === (role === undefined)) {
    throw new Unreadable('give the trust policy: either --trust FILE or --role NAME.');
  }
  if (file !== undefined) {
    const source = file === '-' ? 'standard input' : file;
    return { text: textOf(file, '--trust'), source, roleArn: undefined, roleTags: undefined };
  }
  return roleOfServer(role ?? '', clientFromEnvironment(call.env, option(call, 'endpoint')));
}

async function roleOfServer(role: string, client: ApiClient): Promise<TrustDocument> {
  if (client.credentials === undefined) {
    throw new Unreadable(
      '--role asks the server: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --trust FILE.',
    );
  }
  const name = role.slice(role.lastIndexOf('/') + 1);
  const answer = await callQuery(client, 'iam', 'GetRole', { RoleName: name }).catch(() => {
    throw new Unreadable(
      `nothing answers at ${client.endpoint}: is 'sojourn dev' running? --endpoint names another place.`,
    );
  });
  const document = elementText(answer, 'AssumeRolePolicyDocument');
  const arn = elementText(answer, 'Arn');
  if (answer.status !== 200 || document === undefined || arn === undefined) throw new Unreadable(errorText(answer));
  const parts = parseArn(arn);
  const roleArn = parts !== undefined && isAccountId(parts.account) ? iamArn(parts.account, parts.resource) : undefined;
  return { text: decodeURIComponent(document), source: arn, roleArn, roleTags: tagsOf(answer) };
}

/** `<Tags>` of GetRole; there is no other list in its answer whose members have a Key. */
function tagsOf(answer: ApiAnswer): readonly Tag[] {
  return answer.body.split('<member>').flatMap((body) => {
    const member = { ...answer, body };
    const Key = elementText(member, 'Key');
    return Key === undefined ? [] : { Key, Value: elementText(member, 'Value') ?? '' };
  });
}
