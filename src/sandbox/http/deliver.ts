import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';
import type { Strike } from './fault.ts';
import { SPOILED } from './spoil.ts';

type Rule = NonNullable<Strike['rule']>;

/** Sends an answer; `payload` is its body as it goes over the wire. */
export function send(response: ServerResponse, answer: Answer, payload = Buffer.from(answer.body)): void {
  const { status, headers } = answer;
  // 204 has no body, and Node refuses to send one.
  if (status === 204) response.writeHead(204).end();
  else response.writeHead(status, { ...headers, 'content-length': payload.length }).end(payload);
}

/** Sends what a fault makes of the answer, or does not send it. */
export async function sendFaulty(
  response: ServerResponse,
  answer: Answer,
  rule: Rule,
  target: string,
): Promise<void> {
  if (rule.hang === 'headers') return;
  if (rule.break === 'headers') {
    response.socket?.destroy();
    return;
  }
  const faulty = { ...answer, headers: { ...answer.headers, ...extraHeaders(rule, target) } };
  if (rule.hang === 'body' || rule.break === 'body') return sendHalf(response, faulty, rule.break === 'body');
  if (rule.body === 'huge' || rule.body === 'endless') return sendStream(response, faulty, rule);
  send(response, rule.body ? SPOILED[rule.body](faulty) : faulty);
}

function extraHeaders(rule: Rule, target: string): Record<string, string> {
  const headers: Record<string, string> = {};
  if (rule.redirect !== undefined) headers.location = new URL(target, rule.redirect).href;
  if (rule.retryAfter !== undefined)
    headers['retry-after'] =
      rule.retryAfterForm === 'seconds'
        ? String(rule.retryAfter)
        : new Date(Date.now() + rule.retryAfter * 1000).toUTCString();
  return headers;
}

function sendHalf(response: ServerResponse, { status, headers, body }: Answer, breaks: boolean): void {
  const payload = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': payload.length });
  response.write(payload.subarray(0, payload.length / 2), () => {
    if (breaks) response.socket?.destroy();
  });
}

/** `huge` is right JSON behind megabytes of blanks; `endless` is blanks for ever. Neither is ever held whole. */
async function sendStream(response: ServerResponse, answer: Answer, rule: Rule): Promise<void> {
  const blanks = ' '.repeat(65_536);
  const chunks = rule.body === 'huge' ? rule.megabytes * 16 : Number.POSITIVE_INFINITY;
  function* content() {
    for (let sent = 0; sent < chunks; sent += 1) yield blanks;
    yield answer.body;
  }
  response.writeHead(answer.status, answer.headers);
  // A client that has had enough leaves amid the stream: that is the point of it, not an error here.
  await pipeline(Readable.from(content()), response).catch(() => undefined);
}
