import { type Context, propagation, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';

/** The W3C form of a span, for calls that are made within it. Undefined while no propagator is registered. */
export function traceparentOf(span: Span): string | undefined {
  const headers: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(ROOT_CONTEXT, span), headers);
  return headers.traceparent;
}

/** The context of a span of this process, given in its W3C form; that of a new trace for what is not one. */
export function contextOf(traceparent: string | undefined): Context {
  const parent = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }));
  if (parent === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: false });
}
