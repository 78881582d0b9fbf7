export interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** The cursor of the node at this index of the page. */
export type CursorAt = (index: number) => string;

/** One page of a connection. Cursors are written when they are asked for: most operations ask for two, or none. */
export class Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly #cursorAt: CursorAt;

  constructor(nodes: readonly T[], cursorAt: CursorAt, hasNextPage: boolean, hasPreviousPage: boolean) {
    this.nodes = nodes;
    this.pageInfo = new LazyPageInfo(nodes.length, cursorAt, hasNextPage, hasPreviousPage);
    this.#cursorAt = cursorAt;
  }

  get edges(): Edge<T>[] {
    return this.nodes.map((node, index) => new LazyEdge(node, index, this.#cursorAt));
  }

  /** The same page of other nodes: what a loader makes of the REST records. */
  map<U>(toNode: (node: T) => U): Page<U> {
    const { hasNextPage, hasPreviousPage } = this.pageInfo;
    return new Page(this.nodes.map(toNode), this.#cursorAt, hasNextPage, hasPreviousPage);
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

  constructor(length: number, cursorAt: CursorAt, hasNextPage: boolean, hasPreviousPage: boolean) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
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
