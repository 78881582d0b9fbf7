import { z } from 'zod';

const status = z.coerce.number().int().min(400).max(599);

/**
 * What Texter's documentation leaves open, each with the reading that the sandbox takes unless it is told
 * otherwise. A client that holds under every setting does not depend on undocumented behaviour.
 */
export const behaviourSchema = z.strictObject({
  /** Order of messages inside one millisecond; `random` differs from call to call. */
  tieOrder: z.enum(['insertion', 'id', 'id-desc', 'random']).default('insertion'),
  /** Order of chats of equal, or no, last message time. */
  chatTieOrder: z.enum(['stable', 'random']).default('stable'),
  /** Get Messages silently returns at most this many. */
  messageLimitCap: z.coerce.number().int().min(1).optional(),
  /** Get Messages refuses a larger `limit` with 400. */
  messageLimitMax: z.coerce.number().int().min(1).optional(),
  /** What `limit=0` means to Get Messages. */
  zeroLimit: z.enum(['empty', 'default', 'unlimited', 'refused']).default('empty'),
  /** A `beforeId` that no message of the chat has. */
  unknownBeforeId: z.enum(['accepted', 'refused']).default('accepted'),
  /** The cursor pair beside `botSessionId`. */
  sessionCursor: z.enum(['honoured', 'ignored']).default('honoured'),
  /** Which messages of a bot session remain when `limit` cuts it. */
  sessionLimit: z.enum(['newest', 'oldest']).default('newest'),
  /** System messages of a bot session. */
  sessionSystemMessages: z.enum(['kept', 'dropped']).default('dropped'),
  /** Contact ids that `search` matches: `phones` are those of whatsapp and sms. */
  searchableContacts: z.enum(['phones', 'all']).default('phones'),
  unauthorizedStatus: status.default(401),
  missingScopeStatus: status.default(403),
  unknownChatStatus: status.default(404),
  /** Content type of an error's body. */
  errorBody: z.enum(['json', 'text']).default('json'),
  /** Compress answers for clients that accept gzip. Off: over loopback it only costs. */
  gzip: z.enum(['on', 'off']).default('off'),
});

export type SandboxBehaviour = z.infer<typeof behaviourSchema>;
