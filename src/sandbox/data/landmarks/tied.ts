import { text } from '../content.ts';
import type { ScriptedLine } from './scripted.ts';

/** How many messages there are in one millisecond, group by group; several are larger than any page of the gateway. */
const GROUPS = [1, 3, 120, 1, 50, 7, 260, 2, 1];

/** A contact who forwards whole albums: WhatsApp dates what contacts send in whole seconds. */
export const TIED_LINES: readonly ScriptedLine[] = GROUPS.flatMap((size) =>
  Array.from({ length: size }, (_, index): ScriptedLine => {
    return { by: 'contact', after: index === 0 ? 7 : 0, says: text(`${index + 1}/${size}`) };
  }),
);
