// By file: the whole of lodash takes a third of the start.
import assign from 'lodash-es/assign.js';
import cloneDeep from 'lodash-es/cloneDeep.js';
import defaults from 'lodash-es/defaults.js';
import defaultsDeep from 'lodash-es/defaultsDeep.js';
import merge from 'lodash-es/merge.js';
import { z } from 'zod';
import type { ChatStore } from '../data/store.ts';
import { accept, Refusal } from './query.ts';

const crmUpdate = z.object({
  data: z.record(z.string(), z.unknown()).optional(),
  mergingMode: z.enum(['replace', 'assign', 'merge', 'defaults', 'defaultsDeep']).default('merge'),
});

// The REST page names the modes only; their names, and the bot function that shares them, are lodash's.
const MERGES = { assign, merge, defaults, defaultsDeep };

/** POST /chats/{chatId}/crm-data. `replace` without `data` removes crmData (inferred). */
export function updateCrmData(store: ChatStore, chatId: string, body: string): void {
  const { data, mergingMode } = accept(crmUpdate, parseJson(body));
  store.updateChat(chatId, ({ crmData, ...chat }) => {
    if (mergingMode !== 'replace')
      return { ...chat, crmData: MERGES[mergingMode](cloneDeep(crmData ?? {}), data) };
    return data === undefined ? chat : { ...chat, crmData: data };
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body || '{}');
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}
