import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { SandboxBehaviour } from '../behaviour.ts';
import type { RestRequest } from '../rest/api.ts';
import { route } from '../rest/endpoint.ts';
import { Refusal } from '../rest/query.ts';
import { type Answer, errorAnswer, jsonAnswer } from './answer.ts';
import { send, sendFaulty } from './deliver.ts';
import type { FaultPlan, Strike } from './fault.ts';
import { bearerToken, type RequestLog, type RequestRecord } from './request-log.ts';

/** What the server asks on each request, so that switches can change while it runs. */
export interface ServerParts {
  readonly log: RequestLog;
  readonly latencyMs: number;
  readonly behaviour: () => SandboxBehaviour;
  readonly faults: () => FaultPlan;
  /** Settles when the answer may leave. */
  readonly gate: (request: RequestRecord) => Promise<void>;
  /** The JSON that answers a request; throws a `Refusal`. */
  readonly respond: (request: RestRequest) => unknown;
}

const compress = promisify(gzip);

/** The HTTP side of the sandbox. It does not listen yet. */
export function createRestServer(parts: ServerParts): Server {
  // Room for the documented hundred label ids of a hundred characters, percent-encoded.
  const server = createServer({ maxHeaderSize: 131_072 }, (request, response) => {
    serve(parts, request, response).catch((error) => {
      // A client that leaves while it sends ends here too; anything else is a defect of the sandbox.
      if (!request.destroyed) process.emitWarning(error);
      response.destroy();
    });
  });
  // Longer than any client keeps an idle connection: the client is the one to close it.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/';
  const [path = '/', ...query] = target.split('?');
  const parameters = new URLSearchParams(query.join('?'));
  const place = route(request.method ?? 'GET', path);
  const record = parts.log.open(request, place, path, parameters);
  response.once('close', () => parts.log.close(record, response.statusCode, response.writableFinished));
  if (request.method === 'POST') record.body = await text(request);

  const { rule, latencyMs } = parts.faults().strike(place);
  const token = bearerToken(request.headers.authorization);
  // Answered at once and sent later: like any answer that is under way, it may be old when it arrives.
  const answer = answerOrRefusal(parts, { ...place, token, query: parameters, body: record.body }, rule);
  await parts.gate(record);
  if (parts.latencyMs + latencyMs > 0)
    await setTimeout(parts.latencyMs + latencyMs, undefined, { ref: false });
  if (response.destroyed) return;
  if (rule) await sendFaulty(response, answer, rule, target);
  else if (parts.behaviour().gzip === 'on' && acceptsGzip(request)) {
    const headers = { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
    send(response, { ...answer, headers }, await compress(answer.body));
  } else send(response, answer);
}

function answerOrRefusal(parts: ServerParts, request: RestRequest, rule: Strike['rule']): Answer {
  const { errorBody } = parts.behaviour();
  const status = rule?.status ?? (rule?.redirect === undefined ? 200 : 302);
  if (status >= 300) return errorAnswer(status, 'fault injected by the sandbox', errorBody);
  try {
    return { ...jsonAnswer(parts.respond(request)), status };
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.status, error.message, errorBody);
    throw error;
  }
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
}
