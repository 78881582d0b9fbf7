import type { z } from 'zod';
import { conforms } from './conforms.ts';

/** A decoded value, or where its shape is wrong and what was expected there; never what was found. */
export type Decoded<T> = { readonly value: T } | { readonly fault: string };

/** Makes the decoder of a schema that neither transforms nor defaults. The value is not copied. */
export function decoder<T>(schema: z.ZodType<T>): (json: unknown) => Decoded<T> {
  const isValid = conforms(schema);
  return (json) => {
    if (isValid(json)) return { value: json };
    const issue = schema.safeParse(json).error?.issues[0];
    return { fault: `${jsonPath(issue?.path ?? [])}: ${issue?.message ?? 'an unexpected shape'}` };
  };
}

function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    '$',
  );
}
