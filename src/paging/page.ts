export interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Null on an empty page. */
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

type CursorAt = (index: number) => string;

/** One page of a connection. Its cursors are written when they are asked for: most operations want two, or none. */
export class Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly #cursorAt: CursorAt;

  private constructor(nodes: readonly T[], pageInfo: PageInfo, cursorAt: CursorAt) {
    this.nodes = nodes;
    this.pageInfo = pageInfo;
    this.#cursorAt = cursorAt;
  }

  static of<T>(
    nodes: readonly T[],
    flags: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>,
    cursorOf: (node: T, index: number) => string,
  ): Page<T> {
    const cursorAt = (index: number) => {
      const node = nodes[index];
      if (node === undefined) throw new RangeError(`The page has no node ${index}.`);
      return cursorOf(node, index);
    };
    return new Page(nodes, new LazyPageInfo(flags, nodes.length, cursorAt), cursorAt);
  }

  get edges(): Edge<T>[] {
    return this.nodes.map((node, index) => new LazyEdge(node, index, this.#cursorAt));
  }

  /** The same page of other nodes: of what a loader makes of REST's records. */
  map<U>(toNode: (node: T) => U): Page<U> {
    return new Page(this.nodes.map(toNode), this.pageInfo, this.#cursorAt);
  }
}

class LazyEdge<T> implements Edge<T> {
  readonly node: T;
  readonly #index: number;
  readonly #cursorAt: CursorAt;

  constructor(node: T, index: number, cursorAt: CursorAt) {
    this.node = node;
    this.#index = index;
    this.#cursorAt = cursorAt;
  }

  get cursor(): string {
    return this.#cursorAt(this.#index);
  }
}

class LazyPageInfo implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #length: number;
  readonly #cursorAt: CursorAt;

  constructor(flags: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>, length: number, cursorAt: CursorAt) {
    this.hasNextPage = flags.hasNextPage;
    this.hasPreviousPage = flags.hasPreviousPage;
    this.#length = length;
    this.#cursorAt = cursorAt;
  }

  get startCursor(): string | null {
    return this.#length > 0 ? this.#cursorAt(0) : null;
  }

  get endCursor(): string | null {
    return this.#length > 0 ? this.#cursorAt(this.#length - 1) : null;
  }
}
