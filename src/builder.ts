import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import type { Context } from './context.ts';
import { ChatHandle } from './loaders/chat-handle.ts';
import { JsonObjectScalar, JsonScalar } from './scalars.ts';

/** The Pothos builder: plugins, scalars and defaults. The types are in schema/, one noun a file. */
export const builder = new SchemaBuilder<{
  Context: Context;
  Scalars: {
    // The inputs that reach a resolver are strings already coerced by graphql-js.
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    JSONObject: { Input: Record<string, unknown>; Output: Record<string, unknown> };
    _Any: { Input: unknown; Output: never };
  };
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
}>({
  plugins: [RelayPlugin],
  relay: {
    // The stock `node` and `nodes` fail whole when one id is malformed; schema/node.ts has ours.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: {
      resolveType: (node) => (node instanceof ChatHandle ? 'Chat' : 'Message'),
      description:
        'Anything with a global id. Read it again with `node(id:)`; normalised client caches key on `__typename` and `id`.',
    },
    idFieldOptions: {
      description:
        'Opaque and unique over all types. Stable: the same object has the same id in every answer.',
    },
    pageInfoTypeOptions: {
      description: 'Where a page stands in its list, as the Relay specification defines it.',
    },
    hasNextPageFieldOptions: {
      description:
        'Whether more edges follow. A true statement when paging with `first`; with `last`, true when `before` was given.',
    },
    hasPreviousPageFieldOptions: {
      description:
        'Whether edges precede this page. A true statement when paging with `last`; with `first`, true when `after` was given.',
    },
    startCursorFieldOptions: {
      description: 'Cursor of the first edge, for `before`; null on an empty page.',
    },
    endCursorFieldOptions: { description: 'Cursor of the last edge, for `after`; null on an empty page.' },
    firstArgOptions: {
      description: 'That many from the start of the range, or from after `after`. Not with `last`.',
    },
    afterArgOptions: { description: 'Only what follows this cursor of the same list.' },
    lastArgOptions: {
      description: 'That many from the end of the range, or from before `before`. Not with `first`.',
    },
    beforeArgOptions: { description: 'Only what precedes this cursor of the same list.' },
    cursorFieldOptions: {
      description: 'Opaque position of this edge in its list, for `after` and `before` of the same list.',
    },
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The page, each node with its cursor.',
    },
    nodeFieldOptions: { nullable: false, description: 'What stands at this position.' },
    pageInfoFieldOptions: { description: 'Whether there is more, and the cursors to go on with.' },
    nodesOnConnection: { description: 'The page without cursors: `edges { node }`, shorter.' },
  },
});

builder.addScalarType('DateTime', GraphQLDateTimeISO, {
  description: 'An instant: RFC 3339 text in UTC with milliseconds, such as 2026-03-01T09:30:00.000Z.',
});
builder.addScalarType('JSON', JsonScalar, {
  description: 'Any JSON value, passed on as Texter keeps it. Its shape is not promised.',
});
builder.addScalarType('JSONObject', JsonObjectScalar, {
  description: 'A JSON object with free keys, passed on as Texter keeps it.',
});
