import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

const NAMES = /`(\w+)`/g;

/** The rooms of docs/architecture.md, each with the rooms that it says it imports. */
function mappedRooms(): Map<string, string[]> {
  const rows = readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `(\w+)` \|.*\|([^|]*)\|$/gm);
  return new Map([...rows].map(([, room = '', imports = '']) => [room, names(imports)]));
}

const names = (cell: string) => [...cell.matchAll(NAMES)].map(([, name = '']) => name);

/** The folders of src, each with the folders that its files import. */
function actualRooms(): Map<string, Set<string>> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const rooms = new Map<string, Set<string>>();
  for (const file of files.filter((path) => path.endsWith('.ts') && path.includes('/'))) {
    const room = roomOf(file);
    const imported = rooms.get(room) ?? new Set();
    rooms.set(room, imported);
    for (const [, path = ''] of readFileSync(join('src', file), 'utf8').matchAll(/'(\.\.?\/[^']+\.ts)'/g)) {
      const target = normalize(join(dirname(file), path));
      if (target.includes('/') && roomOf(target) !== room) imported.add(roomOf(target));
    }
  }
  return rooms;
}

const roomOf = (path: string) => path.slice(0, path.indexOf('/'));

it('maps the folders of src and what each imports, no more and no less', () => {
  const sorted = (rooms: Map<string, Iterable<string>>) =>
    [...rooms].map(([room, imports]) => `${room}: ${[...imports].sort().join(', ')}`).sort();
  expect(sorted(mappedRooms())).toEqual(sorted(actualRooms()));
});
