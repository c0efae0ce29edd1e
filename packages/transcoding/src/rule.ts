import {
  type DescField,
  type DescMessage,
  type DescMethod,
  type DescMethodUnary,
  type DescService,
  getOption,
  hasOption,
} from '@bufbuild/protobuf';
import { http } from '@zitadel/proto/google/api/annotations_pb.js';
import type { HttpRule } from '@zitadel/proto/google/api/http_pb.js';
import { type PathTemplate, parseTemplate } from './template.ts';

/** One HTTP method and path under which a method is reached. */
export interface Binding {
  readonly method: DescMethodUnary;
  readonly httpMethod: string;
  readonly template: PathTemplate;
  readonly body: BodyRule;
  /** The field that alone is the answer's body; undefined: the whole message. */
  readonly responseBody: DescField | undefined;
}

/** What of the message the request's body is: all that the path has not, nothing (the rest is in the query), or one field. */
export type BodyRule =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'field'; readonly field: DescField };

/** What a service's paths begin with when its descriptor does not say it; an empty string for nothing. */
export type PrefixOf = (service: DescService) => string;

/**
 * The bindings a service's descriptor has in its `google.api.http` options, additional ones too, in their order. Streaming methods
 * and methods without the option have none.
 *
 * @param prefix goes before each path
 * @throws Error for a rule that names a field the message has not
 */
export function bindingsOf(service: DescService, prefix = ''): Binding[] {
  return service.methods.filter(isUnary).flatMap((method) => {
    if (!hasOption(method, http)) return [];
    const rule = getOption(method, http);
    return [rule, ...rule.additionalBindings].flatMap((each) => toBinding(method, each, prefix));
  });
}

/** @returns whether `method` takes one message and answers one */
export function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === 'unary';
}

function toBinding(method: DescMethodUnary, rule: HttpRule, prefix: string): Binding[] {
  const { pattern } = rule;
  if (pattern.case === undefined) return [];
  const { kind, path } =
    pattern.case === 'custom' ? pattern.value : { kind: pattern.case.toUpperCase(), path: pattern.value };
  return [
    {
      method,
      httpMethod: kind,
      template: parseTemplate(prefix + path),
      body: bodyRule(method.input, rule.body),
      responseBody: rule.responseBody ? fieldNamed(method.output, rule.responseBody) : undefined,
    },
  ];
}

function bodyRule(input: DescMessage, body: string): BodyRule {
  if (body === '*') return { kind: 'all' };
  return body === '' ? { kind: 'none' } : { kind: 'field', field: fieldNamed(input, body) };
}

function fieldNamed(message: DescMessage, name: string): DescField {
  const field = message.fields.find((each) => each.name === name);
  if (!field) throw new Error(`${message.typeName} has no field ${name}`);
  return field;
}
