import { vi } from 'vitest';
import type { Caller, ChatSearchQuery, CrmMergingMode, MessagesQuery } from '../../../src/texter/client.ts';
import {
  createTexterClient,
  type ManagedTexterClient,
  type TexterClientOptions,
} from '../../../src/texter/create-client.ts';
import {
  chatRequest,
  crmRequest,
  messagesRequest,
  type RestRequest,
  searchRequest,
} from '../../../src/texter/endpoints.ts';
import { TexterError } from '../../../src/texter/errors.ts';
import { Operation, type OperationOptions } from '../../../src/texter/operation.ts';
import type { ChatPage, MessagePage, PublicChat, WrittenChat } from '../../../src/texter/wire.ts';

export const TOKEN = 'token-of-the-tests';
export const CHAT_ID = '65a000000000000000000001';

/** An operation of the call's own, unless one is given, and what else a caller wants to be told. */
export interface CallOptions
  extends OperationOptions,
    Partial<Pick<Caller, 'onSend' | 'onJoin' | 'mayRetry' | 'onWriteEnd'>> {
  readonly operation?: Operation;
  readonly onAnswer?: (answer: unknown, text: string) => void;
}

export const options: CallOptions = { token: TOKEN };

/** What calls of one operation are made with. */
export function ofOneOperation(
  given: OperationOptions = options,
): CallOptions & { readonly operation: Operation } {
  return { ...given, operation: new Operation(given) };
}

/** A client whose calls are promises. */
export interface TestClient extends ManagedTexterClient, AsyncDisposable {
  getChat(chatId: string, options: CallOptions): Promise<PublicChat>;
  searchChats(query: ChatSearchQuery, options: CallOptions): Promise<ChatPage>;
  getMessages(chatId: string, query: MessagesQuery, options: CallOptions): Promise<MessagePage>;
  updateCrmData(
    chatId: string,
    data: Record<string, unknown>,
    mode: CrmMergingMode,
    options: CallOptions,
  ): Promise<WrittenChat>;
}

/** A client that is closed with its scope. */
export function openClient(baseUrl: string, settings: Omit<TexterClientOptions, 'baseUrl'> = {}): TestClient {
  const client = createTexterClient({ baseUrl, ...settings });
  async function ask<Answer>(request: () => RestRequest<Answer>, { onAnswer, ...given }: CallOptions) {
    const made = request();
    return new Promise<Answer>((resolve, reject) => {
      client.send(made, {
        operation: new Operation(given),
        ...given,
        onAnswer(answer, text) {
          onAnswer?.(answer, text);
          resolve(answer);
        },
        onError: reject,
      });
    });
  }
  return Object.assign(client, {
    getChat: (chatId: string, given: CallOptions) => ask(() => chatRequest(chatId), given),
    searchChats: (query: ChatSearchQuery, given: CallOptions) => ask(() => searchRequest(query), given),
    getMessages: (chatId: string, query: MessagesQuery, given: CallOptions) =>
      ask(() => messagesRequest(chatId, query), given),
    updateCrmData: (
      chatId: string,
      data: Record<string, unknown>,
      mode: CrmMergingMode,
      given: CallOptions,
    ) => ask(() => crmRequest(chatId, data, mode), given),
    [Symbol.asyncDispose]: () => client.close(),
  });
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<TexterError> {
  const outcome = await call.then(
    (value) => new Error(`expected a failure, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof TexterError) return outcome;
  throw outcome;
}

/** Waits until a condition holds; generous, since it asserts that, and not when. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error(`not yet: ${condition}`);
    },
    { timeout: 20_000, interval: 2 },
  );
}
