import type { JsonObject } from '@bufbuild/protobuf';

/** A plain object as google.protobuf.Struct takes it: no `undefined` in it. */
export function toJsonObject(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
