import {
  create,
  type DescMessage,
  fromJson,
  type JsonObject,
  type MessageShape,
  type Registry,
  toJson,
} from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import { Code, ConnectError } from '@connectrpc/connect';
import { findField, setFieldFromPath, textOfField } from './fields.ts';
import { decodeJsonBody } from './json-body.ts';
import { readQuery, writeQuery } from './query.ts';
import type { Binding } from './rule.ts';
import { TextError } from './scalar-text.ts';
import { expandTemplate } from './template.ts';

/** The parts of an HTTP request that carry the message. */
export interface RequestParts {
  /** From the router: text by field path. */
  readonly parameters: readonly (readonly [fieldPath: string, text: string])[];
  readonly query: string;
  readonly body: string;
}

/**
 * Reads a request's message: body, then path, then query, each by grpc-gateway's rules.
 *
 * @throws ConnectError InvalidArgument with grpc-gateway's message
 */
export function readRequest(binding: Binding, parts: RequestParts, registry?: Registry): MessageShape<DescMessage> {
  const { input } = binding.method;
  const message = fromBody(binding, parts.body, registry);
  const reflected = reflect(input, message);
  for (const [path, text] of parts.parameters) {
    refusing(`type mismatch, parameter: ${path}, error: `, () => setFieldFromPath(reflected, path, text));
  }
  if (binding.body.kind !== 'all' && parts.query !== '') {
    refusing('', () => readQuery(reflected, new URLSearchParams(parts.query), boundPaths(binding)));
  }
  return message;
}

function fromBody(binding: Binding, text: string, registry: Registry | undefined): MessageShape<DescMessage> {
  const value = binding.body.kind === 'none' ? undefined : decodeJsonBody(text);
  if (value === undefined) return create(binding.method.input);
  const json = binding.body.kind === 'field' ? { [binding.body.field.jsonName]: value } : value;
  try {
    return fromJson(binding.method.input, json, { ignoreUnknownFields: true, ...(registry && { registry }) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError(`proto: ${reason}`, Code.InvalidArgument, undefined, undefined, cause);
  }
}

function refusing(prefix: string, read: () => void): void {
  try {
    read();
  } catch (cause) {
    if (!(cause instanceof TextError)) throw cause;
    throw new ConnectError(prefix + cause.message, Code.InvalidArgument, undefined, undefined, cause);
  }
}

/**
 * Writes a request so that `readRequest` reads the same message.
 *
 * @returns the path with its query, and the body; undefined where the binding has none
 * @throws ConnectError InvalidArgument when REST cannot say the message: an empty path variable, a list of messages in a query
 */
export function writeRequest(
  binding: Binding,
  message: MessageShape<DescMessage>,
  registry?: Registry,
): { path: string; body: string | undefined } {
  const reflected = reflect(binding.method.input, message);
  try {
    const path = expandTemplate(binding.template, (fieldPath) => textOfField(reflected, fieldPath));
    const json = binding.body.kind === 'none' ? {} : toJsonObject(binding, message, registry);
    if (binding.body.kind === 'all') return { path, body: JSON.stringify(json) };
    const query = writeQuery(reflected, boundPaths(binding)).toString();
    const body = binding.body.kind === 'field' ? JSON.stringify(json[binding.body.field.jsonName] ?? null) : undefined;
    return { path: query === '' ? path : `${path}?${query}`, body };
  } catch (cause) {
    if (cause instanceof ConnectError || !(cause instanceof Error)) throw cause;
    throw new ConnectError(cause.message, Code.InvalidArgument, undefined, undefined, cause);
  }
}

/** The message's JSON without the fields that the path has. */
function toJsonObject(
  binding: Binding,
  message: MessageShape<DescMessage>,
  registry: Registry | undefined,
): JsonObject {
  const json = toJson(binding.method.input, message, registry ? { registry } : {});
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {};
  for (const { fieldPath } of binding.template.variables) {
    const field = findField(binding.method.input, fieldPath);
    if (field) delete json[field.jsonName];
  }
  return json;
}

function boundPaths(binding: Binding): ReadonlySet<string> {
  const paths = new Set(binding.template.variables.map(({ fieldPath }) => fieldPath));
  if (binding.body.kind === 'field') paths.add(binding.body.field.name);
  return paths;
}
