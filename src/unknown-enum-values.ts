import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { UnknownEnumValue } from './model/enums.ts';

/** Values warned of one by one; beyond that many, the counter alone tells. */
const MAX_WARNINGS = 100;

/** Counts each value that the schema does not know, and warns of each once in the life of the process. */
export function createUnknownEnumReporter(log: Logger, metrics: Metrics): UnknownEnumValue {
  const warned = new Set<string>();
  return (typeName, value) => {
    metrics.unknownEnumValue(typeName);
    const key = `${typeName}:${String(value).slice(0, 64)}`;
    if (warned.has(key) || warned.size >= MAX_WARNINGS) return;
    warned.add(key);
    log.warn(
      { enum: typeName, value: String(value).slice(0, 64) },
      'Texter sent an enum value that the schema lacks',
    );
  };
}
