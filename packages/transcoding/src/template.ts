/**
 * A path template of google.api.http:
 * `"/" Segments [":" Verb]`, a segment being `*`, `**`, a literal, or `{field.path}` or `{field.path=Segments}`.
 */
export interface PathTemplate {
  readonly source: string;
  readonly segments: readonly Segment[];
  readonly variables: readonly Variable[];
  /** The text after `:`, or an empty string. */
  readonly verb: string;
}

export type Segment =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'rest' };

export interface Variable {
  readonly fieldPath: string;
  /** The segments it spans: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
  /** Whether its value may contain a slash. */
  readonly multiple: boolean;
}

/**
 * @param source a template as a descriptor has it, for example `/users/{user_id}/factors`
 * @throws Error when it is not one, or when `**` is not its last segment
 */
export function parseTemplate(source: string): PathTemplate {
  const { path, verb } = splitVerb(source);
  if (!path.startsWith('/')) throw new Error(`path template must start with a slash: ${source}`);
  const segments: Segment[] = [];
  const variables: Variable[] = [];
  for (const part of splitSegments(path.slice(1), source)) {
    if (!part.startsWith('{')) {
      segments.push(parseSegment(part));
      continue;
    }
    const [fieldPath = '', pattern = '*'] = part.slice(1, -1).split('=', 2);
    const start = segments.length;
    for (const inner of pattern.split('/')) segments.push(parseSegment(inner));
    const spanned = segments.slice(start);
    const multiple = spanned.length > 1 || spanned[0]?.kind === 'rest';
    variables.push({ fieldPath, start, end: segments.length, multiple });
  }
  const rest = segments.findIndex((segment) => segment.kind === 'rest');
  if (rest >= 0 && rest !== segments.length - 1) throw new Error(`** must be the last segment: ${source}`);
  return { source, segments, variables, verb };
}

function splitVerb(source: string): { path: string; verb: string } {
  const colon = source.indexOf(':', source.lastIndexOf('}') + 1);
  return colon < 0 ? { path: source, verb: '' } : { path: source.slice(0, colon), verb: source.slice(colon + 1) };
}

/** Splits at slashes, but not inside braces. Only the last segment may be empty: a path that ends with a slash. */
function splitSegments(path: string, source: string): string[] {
  const parts = path.split(/\/(?![^{]*\})/);
  const wrong = parts.some(
    (part, at) => !/^(\{[^{}]+\}|[^{}]+)$/.test(part) && !(part === '' && at === parts.length - 1),
  );
  if (wrong) throw new Error(`malformed path template: ${source}`);
  return parts;
}

function parseSegment(text: string): Segment {
  if (text === '*') return { kind: 'one' };
  return text === '**' ? { kind: 'rest' } : { kind: 'literal', value: text };
}

/**
 * The path of a request.
 *
 * @param textOf the text of the field that a variable names
 * @returns the path, percent-encoded
 * @throws Error when a value cannot stand in a path: an empty one, a slash in a single segment, `.` and `..` (servers clean them away,
 * and the request would reach another method)
 */
export function expandTemplate(template: PathTemplate, textOf: (fieldPath: string) => string): string {
  const parts: string[] = [];
  for (let index = 0; index < template.segments.length; ) {
    const variable = template.variables.find(({ start }) => start === index);
    const segment = template.segments[index];
    if (variable) {
      parts.push(...encodeVariable(template, variable, textOf(variable.fieldPath)));
      index = variable.end;
    } else if (segment?.kind === 'literal') {
      parts.push(segment.value);
      index++;
    } else throw new Error(`anonymous wildcard in path template: ${template.source}`);
  }
  return `/${parts.join('/')}${template.verb && `:${template.verb}`}`;
}

function encodeVariable(template: PathTemplate, variable: Variable, value: string): string[] {
  const parts = variable.multiple ? value.split('/') : [value];
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..' || part.includes('/')) {
      throw new Error(`${variable.fieldPath} of ${template.source} cannot be ${JSON.stringify(value)}`);
    }
  }
  return parts.map(encodeURIComponent);
}
