import { createExecutor as create } from '../../../src/execution/execute.ts';
import type { PlanOptions } from '../../../src/execution/plan.ts';

/** What src/execution/execute.ts exports, with code from the first object on: vitest.config.ts runs test/query so as well. */
export const createExecutor = (schema: Parameters<typeof create>[0], options?: Partial<PlanOptions>) =>
  create(schema, { ...options, compileAfter: 0 });
