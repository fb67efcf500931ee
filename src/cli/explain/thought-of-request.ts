/** The request that `sojourn explain` thinks of: what every live one tells of itself, as far as the options say it. */
import { isIP } from 'node:net';
import type { RequestTraits } from '../../federation/request-context.ts';
import type { UnknownKey } from '../../federation/trust-question.ts';
import { readInstant } from '../../policy/comparisons/instant.ts';
import { option, type Invocation, type Option } from '../command.ts';
import { Unreadable } from './unreadable.ts';

/** The options. */
export const REQUEST_OPTIONS: readonly Option[] = [
  { name: 'time', value: 'TIME', help: 'The moment that is asked of (aws:CurrentTime), as RFC 3339. Default now.' },
  { name: 'source-ip', value: 'ADDRESS', help: 'The address that the call comes from (aws:SourceIp).' },
  { name: 'region', value: 'NAME', help: 'The region that is called (aws:RequestedRegion).' },
  { name: 'user-agent', value: 'TEXT', help: "The client's name for itself (aws:UserAgent)." },
];

/** How a key that the policy looks at gets a value. */
export const ADVICE: Readonly<Record<UnknownKey['of'], string>> = {
  address: 'give it with --source-ip',
  region: 'give it with --region',
  userAgent: 'give it with --user-agent',
  roleTags: 'ask for a role with --role, whose tags the server tells',
  organization: 'only a call to the server knows the organization of the role',
};

/** Reads the options; a call is taken to come over https, as in production. Throws {@link Unreadable}. */
export function thoughtOfRequest(call: Invocation): RequestTraits {
  const sourceIp = option(call, 'source-ip');
  if (sourceIp !== undefined && isIP(sourceIp) === 0) {
    throw new Unreadable(`--source-ip '${sourceIp}' is not an IP address.`);
  }
  return {
    now: momentOf(option(call, 'time')),
    secure: true,
    region: option(call, 'region'),
    sourceIp,
    userAgent: option(call, 'user-agent'),
  };
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;

function momentOf(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const moment = RFC_3339.test(text) ? readInstant(text.toUpperCase()) : undefined;
  if (moment === undefined) {
    throw new Unreadable(`--time '${text}' is not a time of RFC 3339, such as 2026-12-24T18:00:00Z.`);
  }
  return moment;
}
