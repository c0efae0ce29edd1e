/**
 * Go's path.Clean with the slash at the end kept, as gorilla/mux cleans a request's path.
 *
 * @param path decoded
 */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const clean = `/${parts.join('/')}`;
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

/**
 * Where a request is sent on to when its path is not clean; undefined when it is.
 *
 * @param url path and query as they came
 */
export function cleanLocation(url: string): string | undefined {
  const question = url.indexOf('?');
  const raw = question < 0 ? url : url.slice(0, question);
  const path = decoded(raw);
  if (path === undefined) return undefined;
  const clean = cleanPath(path);
  return clean === path ? undefined : encodePath(clean) + (question < 0 ? '' : url.slice(question));
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Go's EscapedPath: what may stand in a path stays as it is. */
function encodePath(path: string): string {
  return encodeURI(path).replaceAll(/[?#!'()*]/g, (char) => (/[!'()*]/.test(char) ? char : encodeURIComponent(char)));
}
