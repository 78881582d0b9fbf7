/**
 * Warnings for variables that are none of `known` but look as if one of them was meant: a slip of a few
 * letters (one in five, rounded up), other case, or the beginning word and others of a known name with some left out
 * (TEXTER_TOKEN for TEXTER_API_TOKEN).
 */
export function resembling(names: Iterable<string>, known: readonly string[]): string[] {
  const warnings: string[] = [];
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = known.find((other) => resembles(name.toUpperCase(), other));
    if (meant !== undefined)
      warnings.push(`${name}: is no setting and has no effect; did you mean ${meant}?`);
  }
  return warnings;
}

function resembles(name: string, known: string): boolean {
  const slips = Math.ceil(known.length / 5);
  if (Math.abs(name.length - known.length) <= slips && distance(name, known) <= slips) return true;
  const words = name.split('_');
  const knownWords = known.split('_');
  return words.length > 1 && words[0] === knownWords[0] && words.every((word) => knownWords.includes(word));
}

/** Levenshtein's distance: single-letter insertions, deletions and replacements from one to the other. */
export function distance(a: string, b: string): number {
  const [letters, others] = [[...a], [...b]];
  let row = [0, ...others.map((_, index) => index + 1)];
  for (const letter of letters) {
    let left = (row[0] ?? 0) + 1;
    const next = [left];
    for (let i = 0; i < others.length; i++) {
      const replaced = (row[i] ?? 0) + (letter === others[i] ? 0 : 1);
      left = Math.min(replaced, left + 1, (row[i + 1] ?? 0) + 1);
      next.push(left);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
