import {
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphQLRequest } from '../http/handler.ts';
import { traceparentOf } from '../tracing/traceparent.ts';
import { operationName } from './operation-name.ts';

/** What this plugin puts on a request: its span, and that span for the calls that are made within it. */
export interface Traced {
  span?: Span;
  traceparent?: string | undefined;
}

type Request = GraphQLRequest<unknown> & Traced;

/**
 * Gives each operation a span below its caller's. Names and attributes follow OpenTelemetry's conventions for GraphQL
 * servers, but for `graphql.document`, whose literals may be a company's data. Errors show their codes only.
 */
export function useTracing(tracer: Tracer): Plugin<Request, Request> {
  return {
    onParams({ context }) {
      const span = tracer.startSpan(
        'GraphQL Operation',
        { kind: SpanKind.SERVER, attributes: { 'texter_gateway.request_id': context.requestId } },
        propagation.extract(ROOT_CONTEXT, context.headers),
      );
      context.span = span;
      context.traceparent = traceparentOf(span);
    },
    onExecute({ args }) {
      const operation = getOperationAST(args.document, args.operationName);
      const { span } = args.contextValue;
      if (span === undefined || operation == null) return;
      const { operation: type } = operation;
      const name = operationName(operation);
      span.updateName(name === undefined ? type : `${type} ${name}`);
      span.setAttribute('graphql.operation.type', type);
      if (name !== undefined) span.setAttribute('graphql.operation.name', name);
    },
    onExecutionResult({ result, context: { span } }) {
      if (span === undefined) return;
      if (result !== undefined && 'errors' in result && result.errors !== undefined) {
        span.setAttribute('error.type', String(result.errors[0]?.extensions.code));
        // What is refused before it runs is the caller's error, which leaves the span of a server unset.
        if (result.data !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}
