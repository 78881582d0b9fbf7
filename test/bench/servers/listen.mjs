import { createServer } from 'node:http';

/** Where the REST API is, and the token that goes there. */
export const upstreamUrl = process.env.UPSTREAM_URL ?? '';
export const authorization = `Bearer ${process.env.UPSTREAM_TOKEN ?? ''}`;

/** The REST calls that may be under way at once: as many as the gateway makes by default. */
export const UPSTREAM_CONNECTIONS = 32;

/** Serves on a free port and tells where, as the first line of a started gateway does. */
export function listen(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1', () => serving(`http://127.0.0.1:${server.address().port}/graphql`));
}

export function serving(url) {
  console.log(JSON.stringify({ url }));
}
