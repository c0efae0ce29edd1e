import type { PathTemplate } from './template.ts';

export interface Match<T> {
  readonly value: T;
  /** Text of each variable by its field path, in the template's order. */
  readonly parameters: readonly (readonly [fieldPath: string, text: string])[];
}

/**
 * Finds the binding of a path as grpc-gateway's ServeMux does: of several that match, the one added last. Literals have no precedence
 * over variables; a variable takes an empty segment (a trailing slash) too.
 */
export class Router<T> {
  readonly #roots = new Map<string, Node<T>>();
  readonly #verbs = new Set<string>();
  #count = 0;

  add(method: string, template: PathTemplate, value: T): void {
    let node = child(this.#roots, method);
    if (template.verb) this.#verbs.add(template.verb);
    const leaf: Leaf<T> = { template, value, order: this.#count++ };
    for (const segment of template.segments) {
      if (segment.kind === 'rest') {
        node.rest.set(template.verb, leaf);
        return;
      }
      if (segment.kind === 'literal') node = child(node.literals, segment.value);
      else {
        node.one ??= newNode();
        node = node.one;
      }
    }
    node.leaves.set(template.verb, leaf);
  }

  /** @param path decoded, starting with a slash: an encoded slash has become one like any other, as grpc-gateway by default has it */
  match(method: string, path: string): Match<T> | undefined {
    const root = this.#roots.get(method);
    if (!root || !path.startsWith('/')) return undefined;
    const parts = path.slice(1).split('/');
    const hits = [hit(root, parts, '')];
    const last = parts.at(-1) ?? '';
    for (const verb of this.#verbs) {
      const stem = last.slice(0, -verb.length - 1);
      if (stem && last === `${stem}:${verb}`) hits.push(hit(root, [...parts.slice(0, -1), stem], verb));
    }
    return hits.reduce(later)?.match();
  }

  /** @returns the HTTP methods under which `path` is known */
  methodsOf(path: string): string[] {
    return [...this.#roots.keys()].filter((method) => this.match(method, path));
  }
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  one: Node<T> | undefined;
  /** By verb. */
  readonly leaves: Map<string, Leaf<T>>;
  readonly rest: Map<string, Leaf<T>>;
}

interface Leaf<T> {
  readonly template: PathTemplate;
  readonly value: T;
  readonly order: number;
}

interface Hit<T> {
  readonly order: number;
  match(): Match<T>;
}

function newNode<T>(): Node<T> {
  return { literals: new Map(), one: undefined, leaves: new Map(), rest: new Map() };
}

function child<T>(nodes: Map<string, Node<T>>, key: string): Node<T> {
  const node = nodes.get(key) ?? newNode<T>();
  nodes.set(key, node);
  return node;
}

function hit<T>(root: Node<T>, parts: readonly string[], verb: string): Hit<T> | undefined {
  const leaf = walk(root, parts, 0, verb);
  return leaf && { order: leaf.order, match: () => bind(leaf, parts) };
}

function walk<T>(node: Node<T>, parts: readonly string[], index: number, verb: string): Leaf<T> | undefined {
  const part = parts[index];
  const rest = node.rest.get(verb);
  if (part === undefined) return later(node.leaves.get(verb), rest);
  const literal = node.literals.get(part);
  const viaLiteral = literal && walk(literal, parts, index + 1, verb);
  const viaOne = node.one && walk(node.one, parts, index + 1, verb);
  return later(later(viaLiteral, viaOne), rest);
}

function later<L extends { readonly order: number }>(a: L | undefined, b: L | undefined): L | undefined {
  return a && (!b || a.order > b.order) ? a : b;
}

function bind<T>({ template, value }: Leaf<T>, parts: readonly string[]): Match<T> {
  const rest = template.segments.at(-1)?.kind === 'rest';
  const parameters = template.variables.map(({ fieldPath, start, end }) => {
    const last = rest && end === template.segments.length ? parts.length : end;
    return [fieldPath, parts.slice(start, last).join('/')] as const;
  });
  return { value, parameters };
}
