import * as z from 'zod/mini';

/**
 * Whether the signed-in person may do a thing, and why not. `permission` is ZITADEL's (`user.write`), `role` one that
 * has it, so that the page can say what to ask for. ZITADEL still decides when the act is tried.
 */
export const Allowance = z.discriminatedUnion('allowed', [
  z.object({ allowed: z.literal(true) }),
  z.object({
    allowed: z.literal(false),
    because: z.enum(['permission', 'self', 'rank']),
    permission: z.optional(z.string()),
    role: z.optional(z.string()),
  }),
]);
export type Allowance = z.infer<typeof Allowance>;
