import type { Plugin } from 'graphql-yoga';
import type { DocumentCache } from '../limits/document-cache.ts';

/**
 * Notes which documents are valid, and takes out of Yoga's cache what turns out not to be. Measured: the errors of one
 * small document keep 67 KB, since their stacks hold the whole validation, and a caller who sends ever other ones would
 * fill the cache many times over.
 */
export function useDocumentCache({ documentCache, valid }: DocumentCache): Plugin {
  return {
    onValidate:
      ({ params: { documentAST } }) =>
      ({ result }) => {
        if (result.length === 0) valid.add(documentAST);
        else if (documentAST.loc) documentCache.delete(documentAST.loc.source.body);
      },
  };
}
