import { isNetwork, withinNetwork } from '../comparisons/networks.ts';
import type { Operator } from './operator.ts';

/** IpAddress: the request's address is in the policy's network. */
export const ipAddress: Operator = {
  name: 'IpAddress',
  negated: false,
  tests: 'value',
  storable: isNetwork,
  compile: withinNetwork,
};
