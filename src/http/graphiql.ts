import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HeaderList } from './cors.ts';

/** The GraphiQL page, made when it is first asked for: some nine megabytes that most processes never need. */
export type GraphiQLPage = () => Promise<{
  readonly etag: string;
  readonly headers: HeaderList;
  readonly html: Buffer;
  readonly gzipped: Buffer;
}>;

/** `render` makes the whole page; its inline scripts must be the same each time. */
export function createGraphiQLPage(render: () => Promise<string>): GraphiQLPage {
  let page: ReturnType<GraphiQLPage> | undefined;
  return () => {
    page ??= build(render);
    return page;
  };
}

async function build(render: () => Promise<string>) {
  const html = await render();
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  const headers = [
    ['content-type', 'text/html; charset=utf-8'],
    ['content-security-policy', contentSecurityPolicy(html)],
    // For browsers that do not know frame-ancestors.
    ['x-frame-options', 'DENY'],
    // The address holds the query where somebody put it there.
    ['referrer-policy', 'no-referrer'],
    ['cache-control', 'private, no-cache'],
    ['vary', 'accept, accept-encoding'],
    ['etag', etag],
  ].flat();
  return { etag, headers, html: Buffer.from(html), gzipped: await promisify(gzip)(html) };
}

/**
 * Everything the page needs is in it, so nothing is loaded and only the gateway is called. Scripts are named by
 * their hash. Monaco, the editor in it, makes its workers from blobs and style elements as it goes, which
 * 'unsafe-inline' is for.
 */
function contentSecurityPolicy(html: string): string {
  const hashes = [...html.matchAll(/<script>(?<source>.*?)<\/script>/gs)].map(
    ({ groups }) =>
      `'sha256-${createHash('sha256')
        .update(groups?.source ?? '')
        .digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
