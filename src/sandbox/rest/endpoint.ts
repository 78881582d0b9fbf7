/** The endpoints that the sandbox serves, and `other` for any path it does not. */
export type SandboxEndpoint = 'chat' | 'search' | 'messages' | 'crm' | 'other';

/** Token scopes, named as in Texter's token dialog. */
export type Scope = 'Send session message' | 'List all chats' | 'View all chats' | 'Manage all chats';

/** Source: documentation page "Authentication". Reading one chat needs the sending scope. */
export const REQUIRED_SCOPE = {
  chat: 'Send session message',
  search: 'List all chats',
  messages: 'View all chats',
  crm: 'Manage all chats',
} as const satisfies Record<Exclude<SandboxEndpoint, 'other'>, Scope>;

export const BASE_PATH = '/server/api/v2';

export interface Route {
  readonly endpoint: SandboxEndpoint;
  readonly chatId?: string;
}

/** Which endpoint a request is for. An id is one path segment, percent-encoded where it must be. */
export function route(method: string, path: string): Route {
  const [, first, second, third, ...rest] = path.slice(BASE_PATH.length).split('/').map(decode);
  if (!path.startsWith(`${BASE_PATH}/`) || !second || rest.length > 0) return { endpoint: 'other' };
  const call = `${method} ${first}`;
  if (call === 'GET chats' && third === undefined)
    return second === 'search' ? { endpoint: 'search' } : { endpoint: 'chat', chatId: second };
  if (call === 'POST chats' && third === 'crm-data') return { endpoint: 'crm', chatId: second };
  if (call === 'GET messages' && second === 'chat' && third) return { endpoint: 'messages', chatId: third };
  return { endpoint: 'other' };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
