/** An HTTP answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** 200 with JSON. */
export function jsonAnswer(value: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/** An error. The shape of Texter's error bodies is not documented; clients must judge by the status. */
export function errorAnswer(status: number, message: string, form: 'json' | 'text'): Answer {
  if (form === 'json') return { ...jsonAnswer({ success: false, error: message }), status };
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: message };
}
