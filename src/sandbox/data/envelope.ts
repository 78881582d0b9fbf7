import type { Random } from '../random.ts';
import type { ChannelInfo } from '../rest/chat.ts';
import type { Message } from '../rest/message.ts';
import type { Speaker } from './conversation.ts';

export interface Posting {
  readonly random: Random;
  readonly chatId: string;
  readonly channelInfo: ChannelInfo;
  readonly by: Speaker;
  readonly agentUid: string;
  /** Epoch ms. */
  readonly timestamp: number;
}

/** Everything of a message but what it says. A new object; assigned to, because spreading is far slower here. */
export function envelope({ random, chatId, channelInfo, by, agentUid, timestamp }: Posting): Message {
  const identity = {
    _id: random.hex(24),
    parent_chat: chatId,
    chatChannelInfo: channelInfo,
    channelInfo: { id: by === 'system' ? 'system' : providerId(random, channelInfo.name) },
    timestamp,
  };
  if (by === 'system') return Object.assign(identity, { systemMessage: true as const });
  if (by === 'contact')
    return Object.assign(identity, {
      direction: 'incoming',
      status: 2,
      statusHistory: [{ status: 2, timestamp }],
      updatedAt: new Date(timestamp + 400).toISOString(),
    });
  const statusHistory = delivery(random, timestamp);
  const latest = statusHistory.at(-1) ?? { status: 0, timestamp };
  const outgoing = Object.assign(identity, {
    direction: 'outgoing',
    agent: by === 'bot' ? 'Bot' : agentUid,
    status: latest.status,
    statusHistory,
    updatedAt: new Date(latest.timestamp).toISOString(),
  });
  return by === 'bot' ? Object.assign(outgoing, { metadata: BOT_METADATA }) : outgoing;
}

const BOT_METADATA = {
  botMsgInfo: { identifier: 'pardes', version: 12, nodeName: 'start', hideSummary: false },
};

function providerId(random: Random, channel: string): string {
  if (channel === 'whatsapp') return `wamid.HBgM${random.hex(32).toUpperCase()}`;
  return channel === 'email' ? `<${random.hex(20)}@mail.example.com>` : `m_${random.hex(24)}`;
}

/** What became of an outgoing message: mostly seen, sometimes only delivered, now and then failed. */
function delivery(random: Random, sent: number): { status: number; timestamp: number }[] {
  const statuses = random.chance(0.02) ? [0, 4] : random.chance(0.15) ? [0, 1, 2] : [0, 1, 2, 3];
  let timestamp = sent - 40;
  // The first entry may be earlier than the message's own time, as in Texter's samples.
  return statuses.map((status) => {
    const entry = { status, timestamp };
    timestamp += random.integer(80, 2500);
    return entry;
  });
}
