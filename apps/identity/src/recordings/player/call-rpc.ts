import {
  type DescMethodUnary,
  fromBinary,
  fromJson,
  type JsonObject,
  type JsonValue,
  toJson,
} from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { isUnary } from '@latchkey/transcoding/rule';
import { PUBLISHED, REGISTRY } from '../../transport/services.ts';
import type { Call, Door, RpcAnswer } from './scenario.ts';
import { fill, type Values } from './values.ts';

export type RpcDoor = Exclude<Door, 'rest'>;

/** One transport a door, for the whole run. */
export function openTransports(base: string): Record<RpcDoor, Transport> {
  return {
    grpc: createGrpcTransport({ baseUrl: base }),
    'grpc-web': createGrpcWebTransport({ baseUrl: base, httpVersion: '1.1' }),
    connect: createConnectTransport({ baseUrl: base, httpVersion: '1.1', useBinaryFormat: false }),
  };
}

/** Sends a call as its `rpc`. */
export async function callRpc(
  transport: Transport,
  call: NonNullable<Call['rpc']>,
  headers: Record<string, string>,
  values: Values,
): Promise<RpcAnswer> {
  const method = methodNamed(call.method);
  const request = fromJson(method.input, fill(call.request, values));
  try {
    const answer = await transport.unary(method, undefined, 30_000, headers, request);
    return { code: 'ok', body: toJson(method.output, answer.message) };
  } catch (cause) {
    return errorAnswer(ConnectError.from(cause));
  }
}

function methodNamed(name: string): DescMethodUnary {
  const [serviceName, methodName] = name.split('/');
  // The recordings were read with these: fields that are newer are not in them.
  const service = PUBLISHED.find(({ typeName }) => typeName === serviceName);
  const method = service?.methods.find((each) => each.name === methodName);
  if (!method || !isUnary(method)) throw new Error(`no method ${name}`);
  return method;
}

function errorAnswer(error: ConnectError): RpcAnswer {
  const details = error.details.map(detailJson);
  return { code: codeName(error.code), message: error.rawMessage, ...(details.length > 0 && { details }) };
}

/** `NotFound` as `not_found`. */
function codeName(code: Code): string {
  return Code[code].replaceAll(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
}

function detailJson(detail: ConnectError['details'][number]): JsonValue {
  if ('desc' in detail) throw new Error('a detail that was received has no descriptor');
  const desc = REGISTRY.getMessage(detail.type);
  const json = desc ? toJson(desc, fromBinary(desc, detail.value)) : {};
  return { '@type': detail.type, ...(json as JsonObject) };
}
