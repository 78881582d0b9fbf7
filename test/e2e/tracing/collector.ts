import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { bytesOf, fieldsOf, numberOf, textOf } from './protobuf.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** A span as it arrived, with the resource that it came from. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a span that begins a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: 'server' | 'client' | 'other';
  readonly attributes: Attributes;
  readonly failed: boolean;
  readonly resource: Attributes;
}

export interface Collector extends AsyncDisposable {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** All that was sent, for searches of what must not be in it. */
  readonly payload: Buffer;
}

/** An OTLP collector that takes traces over HTTP as protobuf. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const payloads: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const payload = await buffer(request);
    payloads.push(payload);
    if (request.url === '/v1/traces' && request.headers['content-type'] === 'application/x-protobuf')
      spans.push(...spansOf(payload));
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    get payload() {
      return Buffer.concat(payloads);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// Field numbers: opentelemetry/proto/trace/v1/trace.proto and common/v1/common.proto.

function spansOf(exportRequest: Buffer): CollectedSpan[] {
  return bytesOf(exportRequest, 1).flatMap((resourceSpans) => {
    const [resource = Buffer.alloc(0)] = bytesOf(resourceSpans, 1);
    const resourceAttributes = attributesOf(resource, 1);
    return bytesOf(resourceSpans, 2).flatMap((scopeSpans) =>
      bytesOf(scopeSpans, 2).map((span) => spanOf(span, resourceAttributes)),
    );
  });
}

function spanOf(span: Buffer, resource: Attributes): CollectedSpan {
  const hex = (number: number) => bytesOf(span, number)[0]?.toString('hex') ?? '';
  const [status = Buffer.alloc(0)] = bytesOf(span, 15);
  const kind = numberOf(span, 6);
  return {
    traceId: hex(1),
    spanId: hex(2),
    parentSpanId: hex(4),
    name: textOf(span, 5),
    kind: kind === 2 ? 'server' : kind === 3 ? 'client' : 'other',
    attributes: attributesOf(span, 9),
    failed: numberOf(status, 3) === 2,
    resource,
  };
}

function attributesOf(message: Buffer, number: number): Attributes {
  return Object.fromEntries(
    bytesOf(message, number).map((attribute) => {
      const [value] = fieldsOf(bytesOf(attribute, 2)[0] ?? Buffer.alloc(0));
      const shown = typeof value?.value === 'bigint' ? Number(value.value) : String(value?.value);
      return [textOf(attribute, 1), shown];
    }),
  );
}
