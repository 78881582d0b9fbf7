/**
 * Why something outside failed, for the log: the messages of an error and its causes on one line. Without frames,
 * which would tell of our code and not of the failure, and without the message of a SyntaxError, in which V8
 * quotes the text that it could not parse.
 */
export function errorReason(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const message = error instanceof SyntaxError ? error.name : error.message || error.name;
  const cause = error.cause === undefined ? '' : `: ${errorReason(error.cause)}`;
  return `${message}${code}${cause}`;
}
