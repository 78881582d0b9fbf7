import { allow, type Endpoint } from './edge.ts';
import type { Lifecycle } from './lifecycle.ts';

const METHODS = ['GET', 'HEAD'] as const;

/** 200 while the process lives. */
export const health: Endpoint = ({ req, reply }) => {
  allow(req, METHODS);
  reply.json(200, { status: 'ok' });
};

/**
 * 200 when this process can serve, 503 while it drains. Texter, Redis and the key set have no say: balancers
 * would take every gateway out at once for a fault that none of them has.
 */
export function ready(lifecycle: Lifecycle): Endpoint {
  return ({ req, reply }) => {
    allow(req, METHODS);
    if (lifecycle.draining) reply.json(503, { status: 'draining' });
    else reply.json(200, { status: 'ready' });
  };
}

const PROMETHEUS_TEXT = ['content-type', 'text/plain; version=0.0.4; charset=utf-8'];

export function metrics(text: () => Promise<string>): Endpoint {
  return async ({ req, reply }) => {
    allow(req, METHODS);
    reply.send(200, PROMETHEUS_TEXT, await text());
  };
}
