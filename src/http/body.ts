import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { refusal } from './refusal.ts';

/**
 * The body as text. Bytes are counted as they arrive, because a chunked body announces no length.
 *
 * Rejects with 413 as soon as there are more than `maxBytes`, with 400 for what is not UTF-8, and with
 * `ClientLeft` when the connection breaks.
 */
export function readBody(req: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // It broke before anybody listened.
    if (req.destroyed) {
      reject(new ClientLeft());
      return;
    }
    const tooLarge = () => reject(refusal(413, `The request body is larger than ${maxBytes} bytes.`));
    if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
      tooLarge();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      req.removeAllListeners('data').pause();
      tooLarge();
    });
    req.on('end', () => {
      const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
      if (isUtf8(body)) resolve(body.toString('utf8'));
      else reject(refusal(400, 'The request body is not UTF-8.'));
    });
    req.on('error', () => reject(new ClientLeft()));
  });
}

/** The connection broke before the request was whole; there is nobody left to answer. */
export class ClientLeft extends Error {
  constructor() {
    super('The client closed the connection.');
    this.name = 'ClientLeft';
  }
}

/** How much of a refused body is still taken from the connection. */
const LINGER_BYTES = 1_048_576;

/**
 * Throws the rest of a refused body away. A connection that is closed while the client still writes is reset,
 * and the client may lose the answer that says why; but no client may go on for ever.
 */
export function discardBody(req: IncomingMessage): void {
  let left = LINGER_BYTES;
  req.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) req.destroy();
  });
  req.resume();
}
