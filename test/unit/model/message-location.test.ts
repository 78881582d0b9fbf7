import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageLocation } from '../../../src/model/message-location.ts';

describe('messageLocation', () => {
  it.each([
    ['a number', 32.0853, 32.0853],
    ['zero', 0, 0],
    ['decimal text', '-34.7818', -34.7818],
    ['padded text', ' 12.5 ', 12.5],
    ['blank text', ' ', null],
    ['empty text', '', null],
    ['other text', '32 N', null],
    ['text beyond every number', '1e999', null],
    ['null', null, null],
    ['true', true, null],
    ['a list', [32], null],
  ])('reads degrees that are %s', (_case, latitude, degrees) => {
    expect(messageLocation({ latitude }).latitude).toBe(degrees);
    expect(messageLocation({ longitude: latitude }).longitude).toBe(degrees);
  });

  it('keeps everything in raw, read or not', () => {
    const location = { latitude: { deg: 32 }, name: 7, address: ['Main St'], url: 'https://maps.example' };
    expect(messageLocation(location)).toEqual({
      latitude: null,
      longitude: null,
      name: null,
      address: null,
      raw: location,
    });
  });

  it('never yields degrees that a GraphQL Float cannot carry', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.double(), fc.double().map(String)), (value) => {
        const { latitude } = messageLocation({ latitude: value });
        expect(latitude === null || Number.isFinite(latitude)).toBe(true);
      }),
    );
  });
});
