import type { Random } from '../random.ts';
import type { Chat } from '../rest/chat.ts';

const DAY = 86_400_000;

/** What an integration has written into a chat: about half of them have CRM data. `end` is epoch ms. */
export function crmFields(random: Random, end: number): Partial<Chat> {
  if (random.chance(0.45)) return {};
  const customer = random.integer(10_000, 99_999);
  const items = [
    {
      sku: `CH-${random.integer(100, 999)}`,
      quantity: random.integer(1, 6),
      price: random.integer(9, 90) * 10,
    },
    { sku: `TB-${random.integer(100, 999)}`, quantity: 1, price: random.integer(90, 400) * 10 },
  ].slice(0, random.integer(1, 2));
  return {
    crmData: {
      customer: { id: String(customer), tier: random.pick(['standard', 'gold', 'platinum']), city: 'Haifa' },
      lastOrder: { number: `PR-${random.integer(40_000, 99_999)}`, currency: 'ILS', items },
      marketingConsent: random.chance(0.6),
    },
    crmDeepLink: `https://crm.pardes.example/customers/${customer}`,
    // Texter keeps what the integration sent, be it text or a number.
    ...(random.chance(0.6) && {
      crmLastTicketId: random.chance(0.5) ? random.integer(1000, 9999) : `T-${random.integer(1000, 9999)}`,
      lastMessageStoredInCRMTimestamp: end - random.integer(0, DAY),
    }),
  };
}
