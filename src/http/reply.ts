import type { ServerResponse } from 'node:http';
import type { Answer } from './graphql-answer.ts';

/** One answer in the making: headers are gathered on the way, and it is sent once. */
export class Reply {
  readonly requestId: string;
  readonly #res: ServerResponse;
  /** Names and values in turn: the form that node:http writes with the least work. */
  #headers: readonly string[];

  constructor(res: ServerResponse, requestId: string) {
    this.#res = res;
    this.requestId = requestId;
    this.#headers = ['x-request-id', requestId, 'x-content-type-options', 'nosniff'];
  }

  add(headers: readonly string[]): void {
    if (headers.length > 0) this.#headers = this.#headers.concat(headers);
  }

  /** The first answer counts: an operation that is cut off may still end with one of its own. */
  send(status: number, headers: readonly string[], body: string | Buffer = ''): void {
    if (this.#res.headersSent || this.#res.destroyed) return;
    const all = this.#headers.concat(headers);
    if (status !== 204 && status !== 304) all.push('content-length', String(Buffer.byteLength(body)));
    this.#res.writeHead(status, all);
    this.#res.end(body);
  }

  answer({ status, headers, body }: Answer): void {
    this.send(status, headers, body);
  }

  json(status: number, value: unknown): void {
    this.send(status, ['content-type', 'application/json; charset=utf-8'], JSON.stringify(value));
  }
}
