import type { Identity } from './auth/identity.ts';
import type { Loaders } from './loaders/index.ts';
import type { Upstream } from './loaders/upstream.ts';
import type { UnknownEnumValue } from './model/enums.ts';

/** What resolvers see of one operation. */
export interface Context {
  /** Who asks, and what they may do. */
  readonly identity: Identity;
  /** Every way data enters an operation. */
  readonly loaders: Loaders;
  /** What the operation has cost so far. */
  readonly upstream: Upstream;
  /** Called by mappings that meet an enum value this schema does not know: one warning, one count. */
  readonly onUnknownEnumValue: UnknownEnumValue;
}
