import { z } from 'zod';
import type { Random } from '../random.ts';
import type { Route } from '../rest/endpoint.ts';

const count = z.coerce.number().int().min(0);
/** Node's timers hold 31 bits. */
const milliseconds = z.coerce.number().min(0).max(2_147_483_647);

/**
 * A rule that makes requests fail or wait. Rules are tried in order: latencies add up, and the first rule that
 * does more than wait decides. Within a rule everything that is given holds together: `status: 503, body: 'html'`
 * is an HTML page with status 503.
 */
export const faultSchema = z.strictObject({
  // Which requests.
  endpoint: z.enum(['chat', 'search', 'messages', 'crm']).optional(),
  chatId: z.string().min(1).optional(),
  /** Spares this many of them first. */
  after: count.default(0),
  /** Then strikes this many; all of them if absent. */
  times: count.optional(),
  /** Strikes each with this probability, by the sandbox's seed. */
  probability: z.coerce.number().min(0).max(1).default(1),
  /** Strikes from this many ms after the rules were set. */
  from: milliseconds.default(0),
  /** Strikes until this many ms after the rules were set. */
  until: milliseconds.optional(),

  // What happens to them.
  /** Waits this long before answering. What is answered was read before the wait. */
  latencyMs: milliseconds.optional(),
  /** 204, a redirect's status, or a refusal (400 and more): then the request has no effect. */
  status: z.coerce.number().int().min(200).max(599).optional(),
  /** Seconds in a Retry-After header. */
  retryAfter: count.optional(),
  retryAfterForm: z.enum(['seconds', 'date']).default('seconds'),
  /** Redirects to this origin, path and query kept; 302 unless `status` says otherwise. */
  redirect: z.url().optional(),
  /** Replaces the body of the answer. */
  body: z
    .enum([
      'html',
      'truncated',
      'wrong-types',
      'duplicates',
      'no-results',
      'failure',
      'empty',
      'huge',
      'endless',
    ])
    .optional(),
  /** Size of `huge`. */
  megabytes: z.coerce.number().min(1).default(9),
  /** Never answers: not even headers, or half a body and no more. A write has happened. */
  hang: z.enum(['headers', 'body']).optional(),
  /** Breaks the connection in place of headers, or amid the body. A write has happened. */
  break: z.enum(['headers', 'body']).optional(),
});

export type Fault = z.input<typeof faultSchema>;
type Rule = z.output<typeof faultSchema>;

/** What the rules do to one request. */
export interface Strike {
  readonly latencyMs: number;
  readonly rule?: Rule;
}

/** Rules with their counts of matching requests. */
export class FaultPlan {
  readonly #rules: readonly { rule: Rule; seen: number }[];
  readonly #random: Random;
  readonly #start = performance.now();

  constructor(faults: readonly Fault[], random: Random) {
    this.#rules = faults.map((fault) => ({ rule: faultSchema.parse(fault), seen: 0 }));
    this.#random = random;
  }

  /** Counts the request in every rule that it matches. */
  strike(request: Route): Strike {
    let latencyMs = 0;
    let decisive: Rule | undefined;
    const elapsed = performance.now() - this.#start;
    for (const state of this.#rules) {
      const { rule } = state;
      if (rule.endpoint !== undefined && rule.endpoint !== request.endpoint) continue;
      if (rule.chatId !== undefined && rule.chatId !== request.chatId) continue;
      if (elapsed < rule.from || elapsed >= (rule.until ?? Number.POSITIVE_INFINITY)) continue;
      state.seen += 1;
      if (state.seen <= rule.after || state.seen > rule.after + (rule.times ?? Number.POSITIVE_INFINITY))
        continue;
      if (!this.#random.chance(rule.probability)) continue;
      latencyMs += rule.latencyMs ?? 0;
      if (isDecisive(rule)) decisive ??= rule;
    }
    return decisive ? { latencyMs, rule: decisive } : { latencyMs };
  }
}

function isDecisive({ status, redirect, body, hang, break: broken }: Rule): boolean {
  return [status, redirect, body, hang, broken].some((effect) => effect !== undefined);
}
