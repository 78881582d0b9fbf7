import { type Dispatcher, Pool } from 'undici';
import { judge } from './answer.ts';
import { RestCall } from './call.ts';
import type { CallOptions, TexterClient } from './client.ts';
import { chatRequest, crmRequest, messagesRequest, type RestRequest, searchRequest } from './endpoints.ts';
import { TexterError } from './errors.ts';
import { createTransport } from './transport.ts';

export interface TexterClientOptions {
  /** The whole base URL, `/server/api/v2` included. */
  readonly baseUrl: string;
  /** REST calls under way at once, each on its own connection. Default 32. */
  readonly concurrency?: number;
  /** Largest answer in bytes, as it comes and decompressed. Default 8388608. */
  readonly maxBytes?: number;
  /** Ms for one attempt of a REST call, its body included. Default 5000. */
  readonly timeoutMs?: number;
}

const TOKEN = /^[\x21-\x7e]+$/;

/** A client of one Texter project. Answers are shared between callers that ask the same: treat them as read-only. */
export function createTexterClient(options: TexterClientOptions): TexterClient {
  const { concurrency = 32, maxBytes = 8_388_608, timeoutMs = 5000 } = options;
  const baseUrl = new URL(options.baseUrl);
  const dispatcher: Dispatcher = new Pool(baseUrl.origin, {
    connections: concurrency,
    pipelining: 1,
    connectTimeout: timeoutMs,
  });
  const dispatch = createTransport({ dispatcher, baseUrl, timeoutMs, maxBytes });

  function send<Answer>(request: RestRequest<Answer>, callOptions: CallOptions): Promise<Answer> {
    if (!TOKEN.test(callOptions.token)) {
      throw new TexterError(
        'unauthenticated',
        'The Texter API token holds characters that no header can carry.',
        {
          endpoint: request.endpoint,
        },
      );
    }
    const call = new RestCall(request, callOptions);
    return dispatch(call).then((outcome) => judge(request, call, outcome));
  }

  return {
    getChat: async (chatId, callOptions) => send(chatRequest(chatId), callOptions),
    searchChats: async (query, callOptions) => send(searchRequest(query), callOptions),
    getMessages: async (chatId, query, callOptions) => send(messagesRequest(chatId, query), callOptions),
    updateCrmData: async (chatId, data, mergingMode, callOptions) =>
      send(crmRequest(chatId, data, mergingMode), callOptions),
    close: () => dispatcher.destroy(),
  };
}
