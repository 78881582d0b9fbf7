import { readFileSync, statSync } from 'node:fs';

/** A setting that may change while the gateway runs. */
export interface Live<T> {
  /** The value as it is now. */
  current(): T;
}

/** What happened when a file that holds a setting changed. */
export interface FileReport {
  /** The variable that names the file. */
  readonly setting: string;
  /** What is wrong with it; absent when the new content was taken. Holds no content. */
  readonly fault?: string;
  /** The file is gone, and with it what it held. Absent beside a fault: the value before stays in use. */
  readonly withdrawn?: true;
}

export function constant<T>(value: T): Live<T> {
  return { current: () => value };
}

/** How old what was seen of a file may be, in ms; between, `current()` costs no system call. */
const RECHECK_MS = 1000;

export interface LiveFileOptions<T> {
  readonly setting: string;
  readonly path: string;
  /** Undefined for content that is no such value. */
  readonly parse: (content: string) => T | undefined;
  readonly report: (report: FileReport) => void;
  /** What holds once the file is gone; the last good value where it is not given. */
  readonly whenGone?: T | undefined;
  /** Epoch ms. */
  readonly now?: () => number;
}

/**
 * A setting kept in a file, read again when the file changed. The file is looked at when its value is asked
 * for, and by its path: a watcher would hold on to the inode that Kubernetes swaps away under a symlink,
 * and needs closing. What cannot be read or parsed leaves the last good value in use and is reported once; so does a
 * file that is gone, unless `whenGone` says what that means.
 *
 * Throws an `Error` that names the reason, never the content, when the first read fails.
 */
export function liveFile<T>(options: LiveFileOptions<T>): Live<T> {
  const { setting, path, parse, report, whenGone, now = Date.now } = options;
  const read = (): T => {
    const value = parse(readFileSync(path, 'utf8'));
    if (value === undefined) throw new Error('its content is malformed');
    return value;
  };
  // Inode and size beside the time: a swap can bring a file with the same time.
  const mark = (): string => {
    try {
      const { mtimeMs, ino, size } = statSync(path);
      return `${mtimeMs} ${ino} ${size}`;
    } catch (error) {
      return reason(error);
    }
  };

  let seen = mark();
  let value: T;
  try {
    value = read();
  } catch (error) {
    throw new Error(reason(error));
  }
  let checkedAt = now();

  return {
    current() {
      if (now() - checkedAt < RECHECK_MS) return value;
      checkedAt = now();
      const mark_ = mark();
      if (mark_ === seen) return value;
      seen = mark_;
      try {
        value = read();
        report({ setting });
      } catch (error) {
        const fault = reason(error);
        if (whenGone !== undefined && isGone(error)) {
          value = whenGone;
          report({ setting, fault, withdrawn: true });
        } else {
          report({ setting, fault });
        }
      }
      return value;
    },
  };
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** `ENOENT` and its like say enough; the whole message would repeat the path. */
function reason(error: unknown): string {
  if (error instanceof Error && 'code' in error) return `it cannot be read (${String(error.code)})`;
  return error instanceof Error ? error.message : String(error);
}
