import type { AuthConfig } from '../config.ts';
import { explorerDocuments } from './documents.ts';
import { type ExplorerUpstream, explorerVariables } from './variables.ts';

export interface ExplorerOptions {
  /** Decides what the tabs' variables name. */
  readonly upstream: ExplorerUpstream;
  /** In every mode but `none` the tabs come with an authorization header to fill in. */
  readonly authMode: AuthConfig['mode'];
}

/** A speech bubble that holds a graph. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#0b8a5f" stroke-width="2.5">
<path d="M6 4h20a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H14l-7 5v-5H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3Z" stroke-linejoin="round"/>
<path d="m10 17 6-7 6 7Z"/><g fill="#0b8a5f" stroke="none"><circle cx="10" cy="17" r="2.5"/><circle cx="16" cy="10" r="2.5"/><circle cx="22" cy="17" r="2.5"/></g></svg>`;

/**
 * GraphiQL animates its tabs into place when it starts, hides that, and leaves a tab with the offset of its first
 * frame: pressed, it jumps aside, and the first click on each tab is lost.
 */
const STYLE = '<style>.graphiql-tab { transform: none !important; }</style>';

/**
 * The GraphiQL page, whole: no CDN is asked for anything. Its tabs are the documents beside this file, in a browser
 * that has not kept tabs of its own from an earlier visit.
 */
export async function renderExplorer({ upstream, authMode }: ExplorerOptions): Promise<string> {
  const documents = await explorerDocuments();
  const variables = explorerVariables(upstream);
  const headers = authMode === 'none' ? undefined : toJson({ authorization: 'Bearer ' });
  const defaultTabs = documents.map(({ query, operationName }) => {
    const values = variables[operationName];
    return { query, ...(values && { variables: toJson(values) }), ...(headers && { headers }) };
  });
  // Nine megabytes of script, loaded when the page is first asked for.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: upstream === 'sandbox' ? 'Texter\u00a0sandbox' : 'Texter',
    logo: LOGO,
    favicon: `data:image/svg+xml,${encodeURIComponent(LOGO)}`,
    defaultTabs,
    ...(headers && { headers }),
    // A token is forgotten with the page; the default keeps it in the browser's local storage.
    shouldPersistHeaders: false,
  });
  return html.replace('</head>', `${STYLE}</head>`);
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 2);
}
