/** What lives under `/_sojourn/`: health, readiness, metrics, and in `sojourn dev` the development issuer. */
import type { Metrics } from './metrics.ts';
import type { Incoming } from './incoming.ts';
import type { Reply } from './reply.ts';

/** A mounted part of `/_sojourn/`; answers undefined for paths that are not its own. */
export type OwnPage = (path: string, incoming: Incoming) => Promise<Reply | undefined>;

/** `health`: the process lives. `ready`: it answers calls (not while draining). `metrics`: Prometheus text. */
export function statusPages(metrics: Metrics, isReady: () => Promise<boolean>): OwnPage {
  return async (path) => {
    switch (path) {
      case '/health':
        return json(200, { status: 'ok' });
      case '/ready':
        return (await isReady()) ? json(200, { status: 'ready' }) : json(503, { status: 'not ready' });
      case '/metrics':
        return { status: 200, headers: [['content-type', 'text/plain; version=0.0.4']], body: metrics.print() };
      default:
        return undefined;
    }
  };
}

/** A page of JSON, ended by a line feed for people who use curl. */
export function json(status: number, value: unknown): Reply {
  return { status, headers: [['content-type', 'application/json']], body: `${JSON.stringify(value)}\n` };
}
