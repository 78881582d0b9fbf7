import { describe, expect, test } from 'vitest';
import { Page } from '../../../src/paging/page.ts';

describe('a page', () => {
  const written: string[] = [];
  const page = Page.of(['a', 'b', 'c'], { hasNextPage: true, hasPreviousPage: false }, (node, index) => {
    written.push(node);
    return `${node}${index}`;
  });

  test('writes a cursor when it is asked for', () => {
    const { edges, pageInfo } = page;
    expect(edges.map(({ node }) => node)).toEqual(['a', 'b', 'c']);
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(written).toEqual([]);
    expect(edges[1]?.cursor).toBe('b1');
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual(['a0', 'c2']);
    expect(written).toEqual(['b', 'a', 'c']);
  });

  test('keeps its cursors when its nodes are mapped', () => {
    const mapped = page.map((node) => node.toUpperCase());
    expect(mapped.nodes).toEqual(['A', 'B', 'C']);
    expect(mapped.edges.map(({ node, cursor }) => [node, cursor])).toEqual([
      ['A', 'a0'],
      ['B', 'b1'],
      ['C', 'c2'],
    ]);
    expect(mapped.pageInfo.endCursor).toBe('c2');
  });

  test('has no cursors when it is empty', () => {
    const { edges, pageInfo } = Page.of([], { hasNextPage: false, hasPreviousPage: true }, () => 'x');
    expect(edges).toEqual([]);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([null, null]);
    expect([pageInfo.hasNextPage, pageInfo.hasPreviousPage]).toEqual([false, true]);
  });
});
