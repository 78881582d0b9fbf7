import type { WireMediaItem } from '../texter/wire.ts';
import type { Documented } from './documented.ts';

/** A file in a message or a preview: REST's item as it is. */
export type MessageMedia = Documented<WireMediaItem>;
