import {
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import type { ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { Caller } from '../http/handler.ts';
import { traceparentOf } from '../tracing/traceparent.ts';
import { operationName } from './known-operation.ts';

/**
 * An operation's span, below its caller's. Names and attributes follow OpenTelemetry's conventions for GraphQL
 * servers, but for `graphql.document`, whose literals may be a company's data. Errors show their codes only.
 */
export class OperationSpan {
  readonly #span: Span;

  constructor(tracer: Tracer, { requestId, headers }: Caller) {
    this.#span = tracer.startSpan(
      'GraphQL Operation',
      { kind: SpanKind.SERVER, attributes: { 'texter_gateway.request_id': requestId } },
      propagation.extract(ROOT_CONTEXT, headers),
    );
  }

  /** For the calls that are made within it. */
  get traceparent(): string | undefined {
    return traceparentOf(this.#span);
  }

  /** `definition` is undefined where the document is not valid. */
  end(definition: OperationDefinitionNode | undefined, { data, errors }: ExecutionResult): void {
    const span = this.#span;
    if (definition !== undefined) {
      const { operation: type } = definition;
      const name = operationName(definition);
      span.updateName(name === undefined ? type : `${type} ${name}`);
      span.setAttribute('graphql.operation.type', type);
      if (name !== undefined) span.setAttribute('graphql.operation.name', name);
    }
    if (errors !== undefined) {
      span.setAttribute('error.type', String(errors[0]?.extensions.code));
      // What is refused before it runs is the caller's error, which leaves the span of a server unset.
      if (data !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  }
}
