import * as z from 'zod/mini';

/** A channel the caller may still hold, to which ZITADEL can send a code. */
export const CodeChannel = z.enum(['otpEmail', 'otpSms']);
export type CodeChannel = z.infer<typeof CodeChannel>;
