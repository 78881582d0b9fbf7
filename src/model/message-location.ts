import { readText } from './json.ts';

/** A place in a message. */
export interface MessageLocation {
  /** Degrees. */
  readonly latitude: number | null;
  /** Degrees. */
  readonly longitude: number | null;
  readonly name: string | null;
  readonly address: string | null;
  /** The place as REST gives it. */
  readonly raw: Record<string, unknown>;
}

/** Reads `location`, whose members are not documented: the four of WhatsApp are inferred, the rest stays in `raw`. */
export function messageLocation(location: Record<string, unknown>): MessageLocation {
  return {
    latitude: readDegrees(location.latitude),
    longitude: readDegrees(location.longitude),
    name: readText(location.name),
    address: readText(location.address),
    raw: location,
  };
}

/** A number or its decimal text. Blank text is no zero: it would put the place into the Gulf of Guinea. */
function readDegrees(value: unknown): number | null {
  const degrees = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof degrees === 'number' && Number.isFinite(degrees) ? degrees : null;
}
