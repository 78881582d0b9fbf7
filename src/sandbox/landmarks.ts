/**
 * Chats of the generated data that are always there, under the same id whatever the seed: for documents, demos and
 * tests that want to name one.
 */
export const LANDMARKS = {
  /** 20 000 messages over more than two years. */
  longThread: '65a0000000000000000000a1',
  /** Groups of up to 260 messages in one millisecond. */
  tieThread: '65a0000000000000000000a2',
  /** No messages: search leaves it out unless told to show such chats. */
  emptyChat: '65a0000000000000000000a3',
  /** Very old: deprecated fields only, no channelInfo. */
  oldChat: '65a0000000000000000000a4',
  /** Every documented field of a chat has a value. */
  fullChat: '65a0000000000000000000a5',
  /** A message of every content type and direction. */
  everyContent: '65a0000000000000000000a6',
  /** One bot session (`LANDMARK_SESSION`) of 130 messages, after a short one and an agent's. */
  botSession: '65a0000000000000000000a7',
  sms: '65a0000000000000000000a8',
  email: '65a0000000000000000000a9',
  /** A status, a channel and a message type that no documentation knows. */
  future: '65a0000000000000000000aa',
} as const;

/** The long bot session of `LANDMARKS.botSession`. */
export const LANDMARK_SESSION = '5e55'.repeat(16);
