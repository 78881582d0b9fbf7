import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** The text of a body, or what makes it unusable. */
export interface DecodedBody {
  readonly text?: string;
  readonly fault?: string;
}

// The synchronous functions: an answer of usual size takes less time than the way through the thread pool,
// and the largest allowed one less than the JSON.parse that follows.
const DECOMPRESS: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Undoes one Content-Encoding; a list of them is a fault. Never makes more than `maxBytes` of a body. */
export function decodeBody(body: Buffer, encoding: string | undefined, maxBytes: number): DecodedBody {
  if (encoding === undefined) return textOf(body);
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return textOf(body);
  const decompress = Object.hasOwn(DECOMPRESS, name) ? DECOMPRESS[name] : undefined;
  if (decompress === undefined) return { fault: 'an unknown content encoding' };
  try {
    return textOf(decompress(body, { maxOutputLength: maxBytes }));
  } catch (error) {
    // zlib tells "over maxOutputLength" from "corrupt" by the class alone.
    return { fault: error instanceof RangeError ? tooLarge(maxBytes) : 'a body that does not decompress' };
  }
}

function textOf(body: Buffer): DecodedBody {
  return { text: body.toString() };
}

export function tooLarge(maxBytes: number): string {
  return `a body over ${maxBytes} bytes`;
}
