import type { ErrorEntry } from '../../support/gateway.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly data?: Record<string, unknown> | null; readonly errors?: readonly ErrorEntry[] };
}

/** Sends a document with a bearer credential, or without one. */
export async function post(url: string, query: string, credential?: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
    },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** The codes of its errors. */
export function codesOf({ body }: Answer): string[] {
  return (body.errors ?? []).map(({ extensions }) => extensions.code);
}
