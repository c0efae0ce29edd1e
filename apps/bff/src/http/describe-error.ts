/** What a log may say about an error: names and codes, never claims, bodies or parameters. */
export interface ErrorDescription {
  name: string;
  message?: string;
  code?: string;
  error?: string;
  errorDescription?: string;
  stack?: string;
  cause?: ErrorDescription;
}

/**
 * Reduces an error to what is safe to log. The OAuth client's errors carry whole answers and claims in `cause`, and an
 * upstream's description is text of somebody else: it is cut, and control characters are taken out.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const oauth = 'error' in error || /^OAUTH_/.test(textOf(error, 'code') ?? '');
  const description: ErrorDescription = { name: error.name };
  // That of JSON.parse repeats a piece of what it read.
  if (!(error instanceof SyntaxError)) description.message = printable(error.message);
  for (const [field, key] of described) {
    const text = textOf(error, field);
    if (text !== undefined) description[key] = printable(text);
  }
  // The stack begins with the message; only the places after it are wanted.
  const places = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  if (depth === 0 && places) description.stack = places.slice(0, 8).join('\n');
  if (!oauth && error.cause instanceof Error && depth < 3) description.cause = describeError(error.cause, depth + 1);
  return description;
}

const described = [
  ['code', 'code'],
  ['error', 'error'],
  ['error_description', 'errorDescription'],
] as const;

function textOf(error: Error, field: string): string | undefined {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : undefined;
}

function printable(text: string): string {
  return text.slice(0, 300).replace(/\p{C}/gu, ' ');
}
