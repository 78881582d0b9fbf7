const SESSION_ID = /^[a-z0-9]{1,128}$/;

/** Whether Texter takes `value` as `botSessionId` or `beforeId`. Source: page "Get Messages of a Chat". */
export function isSessionId(value: string): boolean {
  return SESSION_ID.test(value);
}
