import type { ChannelInfo } from '../rest/chat.ts';

// The made-up business whose inbox the sandbox shows: a furniture shop with customers who write in three languages.

export interface Agent {
  readonly uid: string;
  readonly displayName: string;
}

export const AGENTS: readonly [Agent, ...Agent[]] = [
  { uid: '3f0c7a52-9b1e-4d6a-8c31-5a7f20e4b901', displayName: 'מיטל אדרי' },
  { uid: '7be41d08-2c5f-4e93-a1d7-0f6c83b2e4a2', displayName: 'אורי שגב' },
  { uid: 'a95d3e61-4f70-4b28-9e0c-d2184c7f6b53', displayName: 'رامي خليل' },
  { uid: 'c1286fb4-8d3a-47e5-b690-73e5a10d9f84', displayName: 'Nadia Haddad' },
  { uid: 'e47b90da-15c6-4a82-8f3d-96b0c2e71d35', displayName: 'Tom Keren' },
];

export const LABELS = [
  'VIP',
  'hot_lead',
  'returning',
  'complaint',
  'wholesale',
  'hp-high-priority',
  'לקוח חוזר',
] as const;

/** Every number is from a range that is kept free for fiction, or looks like it: 555 01xx. */
export const ACCOUNTS = {
  whatsapp: ['972355501000', '15550199999'],
  messenger: ['100000000000555'],
  instagram: ['17840000000000555'],
  website_chat: ['pardes-site'],
  email: ['service@pardes.example'],
  sms: ['972555501001'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type Channel = keyof typeof ACCOUNTS;

/** Fictional subscriber ranges; two digits are missing, so each holds a hundred numbers. */
const PHONE_RANGES = ['9725055501', '9725255501', '9725455501', '9725855501', '121255501', '141555501'];

/** The id of the n-th contact on a channel, in the form that the channel gives ids. */
export function contactId(channel: Channel, n: number): string {
  if (channel === 'whatsapp' || channel === 'sms') {
    const range = PHONE_RANGES[Math.floor(n / 100) % PHONE_RANGES.length] ?? '';
    return `${range}${String(n % 100).padStart(2, '0')}`;
  }
  if (channel === 'email') return `customer.${n}@example.com`;
  if (channel === 'website_chat') return `visitor-${(n * 7919 + 100_003).toString(36)}`;
  return String(n * 104_729 + 5_550_000_000_000);
}

/** A channel reference; `n` numbers the contacts of the business. */
export function channelInfo(name: Channel, n: number): ChannelInfo {
  const accounts: readonly string[] = ACCOUNTS[name];
  return { name, id: contactId(name, n), accountId: accounts[n % accounts.length] ?? '' };
}
