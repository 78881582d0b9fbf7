import { type DestinationStream, type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Config } from './config.ts';
import { atEndOfTurn } from './turn.ts';

export type { Logger } from 'pino';

/**
 * The process's log, to stdout, one line for each event. Callers log names, ids, counts and codes; message
 * texts, CRM data and whole requests are never handed to it. What is redacted here is the second lock.
 */
export function createLogger({ level, format }: Config['log']): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      // Top-level members only: wildcards would cost each line more than all the rest of it.
      redact: { paths: ['authorization', 'token', 'headers'], censor: '[redacted]' },
    },
    format === 'pretty' ? prettyStdout() : jsonStdout,
  );
}

let lines = '';
let stdout: DestinationStream | undefined;

/** Writes the lines of a turn of the event loop together. The process has one such, however many loggers use it. */
const jsonStdout: DestinationStream = {
  write(line) {
    if (lines === '') atEndOfTurn(flush);
    lines += line;
  },
};

function flush(): void {
  stdout ??= pino.destination({ sync: true });
  const written = lines;
  lines = '';
  stdout.write(written);
}

/** Pretty lines without pino's transport thread: a thread would lose the last lines of a process that exits. */
function prettyStdout() {
  const pretty = prettyFactory({ colorize: process.stdout.isTTY === true, ignore: 'pid' });
  return { write: (line: string) => process.stdout.write(pretty(line)) };
}

/**
 * What the log shows of an error: its type, message, code, frames and cause. Not its other properties, where
 * GraphQL errors keep the document with its literals. A SyntaxError's message is left out because V8 quotes
 * the text in it, which may be a REST body.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(error instanceof SyntaxError ? {} : { message: error.message }),
    ...('code' in error ? { code: error.code } : {}),
    stack: frames?.join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
