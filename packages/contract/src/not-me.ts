import * as z from 'zod/mini';

/** What "this was not me" sends: the code of the mail's link, from the address's fragment. */
export const NotMeBody = z.object({ code: z.string().check(z.regex(/^[A-Za-z0-9_.-]{20,200}$/)) });
export type NotMeBody = z.infer<typeof NotMeBody>;

/** `locked`: the account is locked now, or was already. `told`: it could not be locked; the help desk was told. */
export const NotMeAnswer = z.object({ outcome: z.enum(['locked', 'told']) });
export type NotMeAnswer = z.infer<typeof NotMeAnswer>;
