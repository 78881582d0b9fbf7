import { describe, expect, it } from 'vitest';
import { channelInfoOf, readChannelInfo } from '../../../src/model/channel-info.ts';

describe('readChannelInfo', () => {
  it('passes a reference on under the names of the schema', () => {
    const info = { name: 'whatsapp', id: '15550100001', accountId: '15550199999', metadata: { waId: 1 } };
    expect(readChannelInfo(info)).toEqual({
      rawName: 'whatsapp',
      accountId: '15550199999',
      contactId: '15550100001',
      metadata: { waId: 1 },
    });
  });

  it('leaves ids of other channels alone, a leading + included', () => {
    const info = { name: 'email', id: '+orders@shop.example', accountId: 'inbox@biz.example' };
    expect(readChannelInfo(info)).toMatchObject({ contactId: '+orders@shop.example', metadata: null });
  });

  it.each([
    ['null', null],
    ['absent', undefined],
    ['empty', {}],
    ['without a channel', { id: '1', accountId: '2' }],
    ['without a contact', { name: 'sms', accountId: '2' }],
    ['without an account', { name: 'sms', id: '1', accountId: null }],
    ['with a blank part', { name: 'sms', id: '', accountId: '2' }],
  ])('reads a reference that is %s as null', (_case, info) => {
    expect(readChannelInfo(info)).toBeNull();
  });
});

describe('channelInfoOf', () => {
  const deprecated = {
    channel: 'whatsapp',
    clientPhone: '+1 555-010-0001',
    clientPhoneE164: '+15550100001',
    entityPhone: '+15550199999',
  };

  it('prefers the reference to the deprecated fields', () => {
    const channelInfo = { name: 'sms', id: '15550100002', accountId: '15550188888' };
    expect(channelInfoOf({ ...deprecated, channelInfo })).toMatchObject({
      rawName: 'sms',
      accountId: '15550188888',
      contactId: '15550100002',
    });
  });

  it('reads a very old chat from the deprecated fields, phones without their +', () => {
    expect(channelInfoOf(deprecated)).toEqual({
      rawName: 'whatsapp',
      accountId: '15550199999',
      contactId: '15550100001',
      metadata: null,
    });
  });

  it('takes the plain phone where there is no E.164 form', () => {
    expect(
      channelInfoOf({ ...deprecated, clientPhoneE164: null, clientPhone: '+15550100003' }),
    ).toMatchObject({
      contactId: '15550100003',
    });
  });

  it('fills in only the parts that the reference lacks', () => {
    const channelInfo = { name: 'messenger', id: '77', metadata: { page: 'shop' } };
    expect(channelInfoOf({ ...deprecated, channelInfo })).toEqual({
      rawName: 'messenger',
      accountId: '15550199999',
      contactId: '77',
      metadata: { page: 'shop' },
    });
  });

  it('is null when the sources together lack a part', () => {
    expect(channelInfoOf({})).toBeNull();
    expect(channelInfoOf({ ...deprecated, entityPhone: null })).toBeNull();
    expect(channelInfoOf({ ...deprecated, clientPhone: '+', clientPhoneE164: null })).toBeNull();
  });
});
