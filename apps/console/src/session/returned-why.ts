import * as z from 'zod/mini';

/** Why an act is done, as it comes back from a fresh sign-in with the rest of what was intended. */
export const ReturnedWhy = z.object({ reason: z.string(), ticket: z.exactOptional(z.string()) });
