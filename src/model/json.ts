// Members that the documentation leaves open reach the model as `unknown`; these read them without trusting them.

/** Whether a JSON value is an object proper: neither null nor an array. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is text, else null. */
export function readText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
