import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageContact } from '../../../src/model/message-contact.ts';

describe('messageContact', () => {
  it('reads a card of WhatsApp', () => {
    const card = {
      name: { formatted_name: 'דנה לוי', first_name: 'דנה' },
      phones: [{ phone: '+1 555 010 0001', wa_id: '15550100001', type: 'CELL' }, { phone: '03-1234567' }],
      emails: [{ email: 'dana@shop.example', type: 'WORK' }],
      org: { company: 'Shop' },
    };
    expect(messageContact(card)).toEqual({
      formattedName: 'דנה לוי',
      phones: ['+1 555 010 0001', '03-1234567'],
      emails: ['dana@shop.example'],
      raw: card,
    });
  });

  it('takes an entry that is text for the number or address itself', () => {
    expect(messageContact({ phones: ['+1', { phone: '+2' }], emails: ['a@b.example'] })).toMatchObject({
      phones: ['+1', '+2'],
      emails: ['a@b.example'],
    });
  });

  it.each([
    ['entries of another shape', { phones: [7, null, {}, { number: '+1' }, { phone: 7 }, ['+1']] }],
    ['lists that are none', { phones: '+1', emails: { email: 'a@b.example' } }],
    ['a name of another shape', { name: 'Dana' }],
    ['a formatted name that is no text', { name: { formatted_name: ['Dana'] } }],
    ['a card that is text', 'Dana, +1'],
    ['a card that is a list', [{ phones: ['+1'] }]],
    ['a card that is false', false],
  ])('leaves %s to raw', (_case, card) => {
    expect(messageContact(card)).toEqual({ formattedName: null, phones: [], emails: [], raw: card });
  });

  it('reads any card without throwing, and only text into its lists', () => {
    const entries = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.oneof(fc.string(), fc.record({ phone: fc.jsonValue() }))),
    );
    const cards = fc.oneof(
      fc.jsonValue(),
      fc.record({ name: fc.jsonValue(), phones: entries, emails: entries }),
    );
    fc.assert(
      fc.property(cards, (card) => {
        fc.pre(card != null);
        const { formattedName, phones, emails, raw } = messageContact(card);
        expect(raw).toBe(card);
        expect(formattedName === null || typeof formattedName === 'string').toBe(true);
        expect([...phones, ...emails].every((entry) => typeof entry === 'string')).toBe(true);
      }),
    );
  });
});
