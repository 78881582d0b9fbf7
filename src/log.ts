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
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      // Top-level members only: wildcards would cost each line more than all the rest of it.
      redact: { paths: ['authorization', 'token', 'headers'], censor: '[redacted]' },
    },
    format === 'pretty' ? prettyStdout() : jsonStdout,
  );
}

/** Ms between two writes: under load, one for each turn of the event loop was a tenth of what a small operation costs. */
const PAUSE_MS = 20;

/** What goes into a pipe at once, so that the lines of processes that share it come whole (PIPE_BUF of Linux). */
const PIPE_BYTES = 4096;

let lines = '';
let bytes = 0;
let isPausing = false;
let stdout: DestinationStream | undefined;

/**
 * Writes a line when its turn of the event loop ends, with the turn's others; but after a pause with all that have come
 * meanwhile, or when they are more than a pipe takes at once. A process that exits writes them first. The process has one
 * such, however many loggers use it.
 */
const jsonStdout: DestinationStream = {
  write(line) {
    const size = Buffer.byteLength(line);
    if (bytes + size > PIPE_BYTES) flush();
    if (lines === '' && !isPausing) atEndOfTurn(flush);
    lines += line;
    bytes += size;
  },
};

function flush(): void {
  if (lines === '') return;
  stdout ??= pino.destination({ sync: true });
  const written = lines;
  lines = '';
  bytes = 0;
  stdout.write(written);
  if (isPausing) return;
  isPausing = true;
  setTimeout(() => {
    isPausing = false;
    flush();
  }, PAUSE_MS).unref();
}

// After what is due at the end of the turn has been written, because that file has registered before.
process.on('exit', flush);

let lastMs = 0;
let lastTime = '';

/** `pino.stdTimeFunctions.isoTime`, but the text is made once for all lines of a millisecond. */
function isoTime(): string {
  const now = Date.now();
  if (now !== lastMs) {
    lastMs = now;
    lastTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTime;
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
