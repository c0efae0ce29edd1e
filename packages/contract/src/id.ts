import * as z from 'zod/mini';

/**
 * An id that may stand in a path: never a dot segment, never a separator.
 * `encodeURIComponent('..')` is `..` and URL parsers resolve it, so encoding alone does not keep an id in its place.
 */
export const idPattern = /^(?!\.{1,2}$)[A-Za-z0-9][A-Za-z0-9._~@+-]{0,199}$/;

/** An id of a user, an organisation, a key: 1 to 200 characters of a closed alphabet. */
export const Id = z.string().check(z.regex(idPattern));
