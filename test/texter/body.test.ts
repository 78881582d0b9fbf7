import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BodyBuffer } from '../../src/texter/body-buffer.ts';
import { decodeBody } from '../../src/texter/content-encoding.ts';

test('chunks come out together, however they came in', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (chunks) => {
      const body = new BodyBuffer();
      for (const chunk of chunks) body.append(Buffer.from(chunk));
      expect(body.bytes()).toEqual(Buffer.concat(chunks));
      expect(body.size).toBe(body.bytes().length);
    }),
  );
});

test('a body larger than the first capacity comes out whole', () => {
  const chunk = Buffer.alloc(50_000, 'שלום');
  const body = new BodyBuffer();
  for (let i = 0; i < 9; i++) body.append(chunk);
  expect(body.bytes().equals(Buffer.concat(Array(9).fill(chunk)))).toBe(true);
});

test.each([
  ['gzip', gzipSync],
  ['X-GZip', gzipSync],
  ['deflate', deflateSync],
  [' br ', brotliCompressSync],
  ['identity', (body: Buffer) => body],
])('%s is undone', (encoding, encode) => {
  expect(decodeBody(encode(Buffer.from('{"שלום":1}')), encoding, 1000)).toEqual({
    text: '{"שלום":1}',
  });
});

test('a bomb is stopped at the limit', () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  expect(decodeBody(bomb, 'gzip', 1_000_000)).toEqual({ fault: 'a body over 1000000 bytes' });
});

test.each([
  ['gzip', 'a body that does not decompress'],
  ['zstd', 'an unknown content encoding'],
  ['gzip, gzip', 'an unknown content encoding'],
  ['constructor', 'an unknown content encoding'],
])('%s on plain text is a fault', (encoding, fault) => {
  expect(decodeBody(Buffer.from('{}'), encoding, 1000)).toEqual({ fault });
});
