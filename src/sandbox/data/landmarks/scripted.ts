import { Random } from '../../random.ts';
import type { ChannelInfo } from '../../rest/chat.ts';
import type { Message } from '../../rest/message.ts';
import { AGENTS } from '../business.ts';
import type { Speaker } from '../conversation.ts';
import { envelope } from '../envelope.ts';

export interface ScriptedLine {
  readonly by: Speaker;
  /** Seconds after the line before; 0 is the same millisecond. */
  readonly after: number;
  /** Content, and whatever of the envelope it replaces; a member that is undefined is left out of the message. */
  readonly says: Readonly<Record<string, unknown>>;
}

/** Messages as written down, the last of them in the whole second of `end` (epoch ms). */
export function scripted(
  chatId: string,
  channelInfo: ChannelInfo,
  end: number,
  lines: readonly ScriptedLine[],
): Message[] {
  const random = new Random(chatId, 'scripted');
  const duration = lines.reduce((seconds, { after }) => seconds + after, 0);
  let timestamp = (Math.floor(end / 1000) - duration) * 1000;
  return lines.map(({ by, after, says }) => {
    timestamp += after * 1000;
    const posted = envelope({ random, chatId, channelInfo, by, agentUid: AGENTS[0].uid, timestamp });
    return { ...posted, ...says };
  });
}
