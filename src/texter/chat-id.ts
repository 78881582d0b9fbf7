const CHAT_ID = /^[A-Za-z0-9_-]{1,128}$/;
/**
 * Endpoints where an id would stand, in any case: Express, which Texter answers with, matches routes without
 * regard to case. Source: documentation pages "Search Chats" and "Assign Chat".
 */
const ROUTE_WORD = /^(search|assign)$/i;

/**
 * Whether `value` can be a path segment of its own, and so can never reach another endpoint. Wider than the 24
 * hexadecimal characters of Texter's samples, because the documentation does not promise that shape.
 */
export function isChatId(value: string): boolean {
  return CHAT_ID.test(value) && !ROUTE_WORD.test(value);
}
