import type {
  DirectiveNode,
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

/** How large an operation is, each fragment counted wherever it is spread. */
export interface DocumentSize {
  /** Levels of fields: a root field is 1; fragments, inline or named, add none of their own. */
  readonly depth: number;
  readonly aliases: number;
  /** On operation, variables, fields, spreads and fragments together. */
  readonly directives: number;
  /** The most that stand on one node. */
  readonly directivesOnNode: number;
}

/**
 * Of several operations in a document the largest figures, whichever is to run: validation walks all of them.
 * Takes time in proportion to the text, however often fragments spread one another; cycles, which validation
 * refuses later, count once.
 */
export function documentSize(document: DocumentNode): DocumentSize {
  const sizes = new Sizes(document);
  return document.definitions
    .filter((definition) => definition.kind === 'OperationDefinition')
    .map((operation) => sizes.operation(operation))
    .reduce(largest, EMPTY);
}

const EMPTY: DocumentSize = { depth: 0, aliases: 0, directives: 0, directivesOnNode: 0 };

class Sizes {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, DocumentSize>();

  constructor({ definitions }: DocumentNode) {
    for (const definition of definitions) {
      if (definition.kind === 'FragmentDefinition') this.#fragments.set(definition.name.value, definition);
    }
  }

  operation({ directives, variableDefinitions = [], selectionSet }: OperationDefinitionNode): DocumentSize {
    return [directives, ...variableDefinitions.map((variable) => variable.directives)]
      .map(directivesSize)
      .reduce(together, this.#selectionSet(selectionSet));
  }

  #selectionSet(selectionSet: SelectionSetNode | undefined): DocumentSize {
    let size = EMPTY;
    for (const selection of selectionSet?.selections ?? []) {
      size = together(size, directivesSize(selection.directives));
      if (selection.kind === 'FragmentSpread') {
        size = together(size, this.#fragment(selection.name.value));
        continue;
      }
      const under = this.#selectionSet(selection.selectionSet);
      if (selection.kind === 'InlineFragment') {
        size = together(size, under);
      } else {
        const aliases = under.aliases + (selection.alias === undefined ? 0 : 1);
        size = together(size, { ...under, depth: under.depth + 1, aliases });
      }
    }
    return size;
  }

  #fragment(name: string): DocumentSize {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    this.#measured.set(name, EMPTY);
    const fragment = this.#fragments.get(name);
    const size = together(directivesSize(fragment?.directives), this.#selectionSet(fragment?.selectionSet));
    this.#measured.set(name, size);
    return size;
  }
}

type Directives = readonly DirectiveNode[] | undefined;

function directivesSize(directives: Directives): DocumentSize {
  const count = directives?.length ?? 0;
  return count === 0 ? EMPTY : { ...EMPTY, directives: count, directivesOnNode: count };
}

/** Two parts of one operation. */
function together(a: DocumentSize, b: DocumentSize): DocumentSize {
  return { ...largest(a, b), aliases: a.aliases + b.aliases, directives: a.directives + b.directives };
}

function largest(a: DocumentSize, b: DocumentSize): DocumentSize {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
    directivesOnNode: Math.max(a.directivesOnNode, b.directivesOnNode),
  };
}
