import { create, fromJson, type JsonObject, type JsonValue, type Registry, toBinary, toJson } from '@bufbuild/protobuf';
import { AnySchema, anyUnpack } from '@bufbuild/protobuf/wkt';
import { ConnectError } from '@connectrpc/connect';
import { codeFromHttpStatus, codeFromNumber } from './status.ts';

const TYPE_PREFIX = 'type.googleapis.com/';

/**
 * An error as the JSON of google.rpc.Status: `{code, message, details: [{"@type", …}]}`, without `details` when there are none. A detail
 * whose type is not in `registry` is left out.
 */
export function errorToJson(error: ConnectError, registry: Registry | undefined): JsonObject {
  const details = error.details.flatMap((detail) => detailToJson(detail, registry));
  return { code: error.code, message: error.rawMessage, ...(details.length > 0 && { details }) };
}

function detailToJson(detail: ConnectError['details'][number], registry: Registry | undefined): JsonObject[] {
  if ('desc' in detail) return typed(detail.desc.typeName, toJson(detail.desc, create(detail.desc, detail.value)));
  const any = create(AnySchema, { typeUrl: TYPE_PREFIX + detail.type, value: detail.value });
  const message = registry && anyUnpack(any, registry);
  const desc = message && registry.getMessage(message.$typeName);
  return desc ? typed(desc.typeName, toJson(desc, message)) : [];
}

function typed(typeName: string, json: JsonValue): JsonObject[] {
  return isObject(json) ? [{ '@type': TYPE_PREFIX + typeName, ...json }] : [];
}

/**
 * The error that an answer other than 2xx stands for. The body of another server than a gateway (HTML, a proxy's text) becomes the message,
 * cut to 200 characters; its code comes from the status then.
 *
 * @param headers become the error's metadata
 * @param registry knows the types of details; details of other types are left out
 */
export function errorFromAnswer(
  status: number,
  text: string,
  headers: Headers,
  registry: Registry | undefined,
): ConnectError {
  const json = parseOrUndefined(text);
  const fallback = codeFromHttpStatus(status);
  if (!isObject(json) || typeof json.message !== 'string') {
    return new ConnectError(text.slice(0, 200) || `HTTP ${status}`, fallback, headers);
  }
  const error = new ConnectError(json.message, codeFromNumber(json.code) ?? fallback, headers);
  const details = Array.isArray(json.details) ? json.details : [];
  error.details = details.flatMap((detail) => detailFromJson(detail, registry));
  return error;
}

function detailFromJson(json: JsonValue, registry: Registry | undefined): { type: string; value: Uint8Array }[] {
  if (!isObject(json) || typeof json['@type'] !== 'string') return [];
  const { '@type': url, ...fields } = json;
  const desc = registry?.getMessage(url.slice(url.lastIndexOf('/') + 1));
  if (!desc) return [];
  try {
    const message = fromJson(desc, fields, { ignoreUnknownFields: true, registry });
    return [{ type: desc.typeName, value: toBinary(desc, message) }];
  } catch {
    return []; // what is wrong with a detail must not hide the error it belongs to
  }
}

function parseOrUndefined(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
