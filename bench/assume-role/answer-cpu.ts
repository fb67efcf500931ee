/** A benched server tells its parent where it listens and, when asked, how much CPU it has used. */
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

export function answerCpu(server: Pick<Server, 'address'> | string): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(String(user + system));
  });
  // The bench is over when its parent lets go.
  process.once('disconnect', () => process.exit(0));
  process.send?.(typeof server === 'string' ? server : `http://127.0.0.1:${portOf(server)}/`);
}

function portOf(server: Pick<Server, 'address'>): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
