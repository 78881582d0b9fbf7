import { type GraphQLField, type GraphQLResolveInfo, getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Context } from '../context.ts';
import type { FieldPlan } from '../execution/plan.ts';
import { planOf } from '../execution/resolve-info.ts';
import type { ChatPage } from '../loaders/chat-page.ts';
import type { ChatView } from '../model/chat-views.ts';

// `chats { nodes { lastMessage { text } } }`: search does not carry the last message, so each chat of the page is read.
// Left to the fields, thirty reads are thirty chains of promises, from each call to its field, its object and the list, all
// of which live as long as the calls wait for their turn. Read before the page is handed to execution, they are one
// promise, and execution finds every view at hand.

/**
 * Makes the reads that every chat of a page will need, where nothing else that is selected on the chats reads and so would
 * have to wait for them. Resolves when all have ended, well or not; undefined where there is nothing to wait for. Makes
 * just the REST calls that the fields would make.
 */
export function readTogether(
  { edges }: ChatPage,
  info: GraphQLResolveInfo,
  { loaders }: Context,
): Promise<void> | undefined {
  if (!needsPublicViews(planOf(info))) return undefined;
  return loaders.chats.readPublicViews(edges.map(({ node }) => node));
}

const answers = new WeakMap<FieldPlan, boolean>();

/** Of a field that yields a connection of chats: whether its chats need a view that search does not bring, and no other read. */
function needsPublicViews(connection: FieldPlan): boolean {
  const known = answers.get(connection);
  if (known !== undefined) return known;
  const fields = nodesOf(connection).flatMap(fieldsOf);
  const needs =
    fields.some(({ definition }) => isBeyondRecord(viewsOf(definition))) &&
    !fields.some(({ definition }) => leadsToReads(definition));
  answers.set(connection, needs);
  return needs;
}

function nodesOf(connection: FieldPlan): readonly FieldPlan[] {
  return fieldsOf(connection).flatMap((field) => {
    if (field.definition.name === 'nodes') return [field];
    return field.definition.name === 'edges'
      ? fieldsOf(field).filter(({ definition }) => definition.name === 'node')
      : [];
  });
}

function fieldsOf(field: FieldPlan): readonly FieldPlan[] {
  const type = getNamedType(field.definition.type);
  return isObjectType(type) ? field.on(type).fields : [];
}

type Definition = GraphQLField<unknown, unknown>;

/** The views of a chat that answer a field of Chat or BotState. */
function viewsOf({ extensions }: Definition): readonly ChatView[] | undefined {
  return extensions.views as readonly ChatView[] | undefined;
}

/** Whether a field is in the public view, and not in the record that search brings. */
function isBeyondRecord(views: readonly ChatView[] = []): boolean {
  return views.includes('public') && !views.includes('record');
}

/** Whether what a field yields has fields, at any depth, that a view of a chat answers: those of Chat and BotState. */
function leadsToReads({ type }: Definition, seen = new Set<string>()): boolean {
  const named = getNamedType(type);
  if (isLeafType(named) || seen.has(named.name)) return false;
  if (!isObjectType(named)) return true;
  seen.add(named.name);
  return Object.values(named.getFields()).some(
    (field) => viewsOf(field) !== undefined || leadsToReads(field, seen),
  );
}
