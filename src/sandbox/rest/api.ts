import type { SandboxBehaviour } from '../behaviour.ts';
import type { ChatEntry, ChatStore } from '../data/store.ts';
import type { Random } from '../random.ts';
import { REQUIRED_SCOPE, type Route, type Scope } from './endpoint.ts';
import { getMessages } from './get-messages.ts';
import { Refusal, readMessagesQuery, readSearchQuery } from './query.ts';
import { searchChats } from './search-chats.ts';
import { updateCrmData } from './update-crm-data.ts';
import { publicView, writtenChat } from './views.ts';

export interface RestRequest extends Route {
  readonly token: string | undefined;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What a token opens. */
export interface Account {
  readonly store: ChatStore;
  readonly scopes: readonly Scope[];
}

export interface ApiState {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly behaviour: SandboxBehaviour;
  readonly random: Random;
}

/** The JSON that answers a request; throws a `Refusal` where Texter would answer with an error. */
export function respond({ accounts, behaviour, random }: ApiState, request: RestRequest): unknown {
  const { endpoint, chatId = '' } = request;
  const account = accounts.get(request.token ?? '');
  if (!account) throw new Refusal(behaviour.unauthorizedStatus, 'no valid token');
  if (endpoint === 'other') throw new Refusal(404, 'no such endpoint');
  const scope = REQUIRED_SCOPE[endpoint];
  if (!account.scopes.includes(scope))
    throw new Refusal(behaviour.missingScopeStatus, `missing scope: ${scope}`);

  const { store } = account;
  const entry = (): ChatEntry => {
    const found = store.get(chatId);
    if (!found) throw new Refusal(behaviour.unknownChatStatus, 'no such chat');
    return found;
  };
  switch (endpoint) {
    case 'chat':
      return publicView(entry());
    case 'search':
      return searchChats(store, readSearchQuery(request.query), behaviour, random);
    case 'messages':
      return getMessages(entry().thread, readMessagesQuery(request.query), behaviour, random);
    case 'crm':
      updateCrmData(store, entry().chat._id, request.body);
      return writtenChat(entry());
  }
}
