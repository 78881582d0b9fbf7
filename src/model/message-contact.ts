import { isJsonObject, readText } from './json.ts';

/** A contact card in a message. */
export interface MessageContact {
  readonly formattedName: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** The card as REST gives it. */
  readonly raw: NonNullable<unknown>;
}

/**
 * Reads a vCard-like entry of `contacts`. The documentation names its parts (page "Message") but not the members
 * of `phones` and `emails`; those are inferred from WhatsApp's cards, and whatever differs is still in `raw`.
 */
export function messageContact(card: NonNullable<unknown>): MessageContact {
  const { name, phones, emails } = isJsonObject(card) ? card : {};
  return {
    formattedName: isJsonObject(name) ? readText(name.formatted_name) : null,
    phones: readEntries(phones, 'phone'),
    emails: readEntries(emails, 'email'),
    raw: card,
  };
}

function readEntries(entries: unknown, member: string): string[] {
  const list: unknown[] = Array.isArray(entries) ? entries : [];
  return list
    .map((entry) => readText(isJsonObject(entry) ? entry[member] : entry))
    .filter((text) => text !== null);
}
