/** Fields of a link's address, or of the form on its page; each is there once. */
export type LinkFields = Readonly<Record<string, string | undefined>>;

export function linkFields(from: unknown): LinkFields {
  const fields = Object.entries((from ?? {}) as Record<string, unknown>);
  return Object.fromEntries(fields.filter((field): field is [string, string] => typeof field[1] === 'string'));
}
