import { type ErrorCode, GatewayError } from '../errors.ts';

/**
 * What an error says about the HTTP answer, under `extensions.http`; never sent to the client. The form is
 * Yoga's, so that errors of its plugins mean the same here.
 */
export interface HttpExtension {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status is the one GraphQL over HTTP asks for: it does not apply to `application/json` answers. */
  readonly spec?: boolean;
}

/** A request refused as a whole, before GraphQL: `BAD_USER_INPUT` unless another code says more. */
export function refusal(
  status: number,
  message: string,
  { code = 'BAD_USER_INPUT', headers = {} }: { code?: ErrorCode; headers?: Record<string, string> } = {},
): GatewayError {
  return new GatewayError(code, message, { http: { status, headers } satisfies HttpExtension });
}
