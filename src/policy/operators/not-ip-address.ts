import { isNetwork, withinNetwork } from '../comparisons/networks.ts';
import type { Operator } from './operator.ts';

/** NotIpAddress: the request's address is in none of the policy's networks. */
export const notIpAddress: Operator = {
  name: 'NotIpAddress',
  negated: true,
  tests: 'value',
  storable: isNetwork,
  compile: withinNetwork,
};
