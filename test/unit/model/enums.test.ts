import { describe, expect, it, vi } from 'vitest';
import {
  CHANNEL_NAME,
  CHAT_STATUS,
  MEDIA_TYPE,
  MESSAGE_DIRECTION,
  MESSAGE_STATUS,
  readEnum,
} from '../../../src/model/enums.ts';

const ENUMS = [CHAT_STATUS, MESSAGE_STATUS, CHANNEL_NAME, MESSAGE_DIRECTION, MEDIA_TYPE];

describe('readEnum', () => {
  it.each(ENUMS)('knows every value of $typeName', (wire) => {
    const onUnknown = vi.fn();
    for (const [value, name] of wire.byWireValue) expect(readEnum(wire, value, onUnknown)).toBe(name);
    expect(onUnknown).not.toHaveBeenCalled();
  });

  it.each([
    [CHAT_STATUS, 5],
    [CHAT_STATUS, '2'],
    [MESSAGE_STATUS, -1],
    [CHANNEL_NAME, 'telegram'],
    [CHANNEL_NAME, 'WhatsApp'],
    [MESSAGE_DIRECTION, ''],
    [MEDIA_TYPE, 'constructor'],
  ])('reads a value of tomorrow as null and tells of it: %o, %j', (wire, value) => {
    const onUnknown = vi.fn();
    expect(readEnum(wire, value, onUnknown)).toBeNull();
    expect(onUnknown.mock.calls).toEqual([[wire.typeName, value]]);
  });

  it.each([[null], [undefined]])('reads %s as null and tells nobody', (value) => {
    const onUnknown = vi.fn();
    expect(readEnum(CHAT_STATUS, value, onUnknown)).toBeNull();
    expect(onUnknown).not.toHaveBeenCalled();
  });
});
