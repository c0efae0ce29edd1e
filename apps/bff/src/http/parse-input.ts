import * as z from 'zod/mini';
import { Problem } from './problem.ts';

/**
 * Reads a part of a request as the contract says it is.
 *
 * @param input a body, a query, a path parameter: anything from outside.
 * @throws Problem `invalid_input` naming each wrong field; values are not repeated.
 */
export function parseInput<Schema extends z.core.$ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new Problem('invalid_input', { fields });
}
