import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { RestCall, WireOutcome } from '../texter/call.ts';
import type { Endpoint } from '../texter/errors.ts';
import type { Transport } from '../texter/transport.ts';
import { contextOf, traceparentOf } from './traceparent.ts';

const TEMPLATES: Readonly<Record<Endpoint, string>> = {
  chat: '/chats/{chatId}',
  search: '/chats/search',
  messages: '/messages/chat/{chatId}',
  crm: '/chats/{chatId}/crm-data',
};

/**
 * A transport that gives each attempt of a REST call a span below the operation's, and sends that span's
 * `traceparent`. Names and attributes follow OpenTelemetry's conventions for HTTP clients, but for `url.full`: paths and
 * queries hold chat ids, phone numbers and names.
 */
export function withSpans(transport: Transport, tracer: Tracer, baseUrl: URL): Transport {
  const port = Number(baseUrl.port) || (baseUrl.protocol === 'https:' ? 443 : 80);
  const server = { 'server.address': baseUrl.hostname, 'server.port': port };
  const attempts = new WeakMap<RestCall, number>();

  return (call, listener) => {
    const { endpoint, method } = call.request;
    const template = TEMPLATES[endpoint];
    const resends = attempts.get(call) ?? 0;
    attempts.set(call, resends + 1);
    const span = tracer.startSpan(
      `${method} ${template}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          ...server,
          'http.request.method': method,
          'url.template': template,
          ...(resends > 0 && { 'http.request.resend_count': resends }),
        },
      },
      contextOf(call.traceparent),
    );
    const onOutcome = (_call: RestCall, outcome: WireOutcome) => {
      const { status } = outcome;
      if (typeof status === 'number') span.setAttribute('http.response.status_code', status);
      if (typeof status === 'string' || status >= 400) {
        span.setAttribute('error.type', String(status));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
      listener.onOutcome(call, outcome);
    };
    transport(call, { onOutcome }, traceparentOf(span));
  };
}
