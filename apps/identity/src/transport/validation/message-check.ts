import { type DescField, type DescMessage, type DescOneof, getOption, hasOption } from '@bufbuild/protobuf';
import { isReflectMessage, type ReflectMessage } from '@bufbuild/protobuf/reflect';
import { required } from '@zitadel/proto/validate/validate_pb.js';
import type { Fault } from './fault.ts';
import { checksOf } from './field-rules.ts';
import { goFieldName, goMessageName } from './go-name.ts';

/** Looks at a message; the text of the first fault, undefined when it is as its `validate.rules` want it. */
export type MessageCheck = (message: ReflectMessage) => string | undefined;

const compiled = new WeakMap<DescMessage, MessageCheck>();

/** A message's check, made once: plain fields in their order, then oneofs, then optional scalars, as protoc-gen-validate has them. */
export function messageCheck(desc: DescMessage): MessageCheck {
  const known = compiled.get(desc);
  if (known) return known;
  const prefix = `invalid ${goMessageName(desc)}.`;
  const plain = desc.fields.filter((field) => !field.oneof && !isOptionalScalar(field));
  const checks = [
    ...plain.map((field) => fieldCheck(field, prefix)),
    ...desc.oneofs.map((oneof) => oneofCheck(oneof, prefix)),
    ...desc.fields.filter(isOptionalScalar).map((field) => whenSet(field, fieldCheck(field, prefix))),
  ];
  const check: MessageCheck = (message) => firstText(checks, message);
  compiled.set(desc, check);
  return check;
}

function firstText(checks: readonly MessageCheck[], message: ReflectMessage): string | undefined {
  for (const check of checks) {
    const text = check(message);
    if (text !== undefined) return text;
  }
  return undefined;
}

function isOptionalScalar(field: DescField): boolean {
  return !field.oneof && field.proto.proto3Optional && field.fieldKind !== 'message';
}

function whenSet(field: DescField, check: MessageCheck): MessageCheck {
  return (message) => (message.isSet(field) ? check(message) : undefined);
}

function oneofCheck(oneof: DescOneof, prefix: string): MessageCheck {
  const isRequired = hasOption(oneof, required) && getOption(oneof, required);
  const checks = new Map(oneof.fields.map((field) => [field, fieldCheck(field, prefix)]));
  return (message) => {
    const field = message.oneofCase(oneof);
    if (field) return checks.get(field)?.(message);
    return isRequired ? `${prefix}${goFieldName(oneof.name)}: value is required` : undefined;
  };
}

function fieldCheck(field: DescField, prefix: string): MessageCheck {
  const name = prefix + goFieldName(field.name);
  const checks = checksOf(field);
  switch (field.fieldKind) {
    case 'scalar':
    case 'enum':
      return (message) => text(name, checks.value?.(message.get(field)));
    case 'message':
      return (message) => {
        if (!message.isSet(field)) return checks.required ? `${name}: value is required` : undefined;
        const inner = message.get(field);
        return text(name, checks.value?.(inner.message)) ?? embedded(name, inner);
      };
    case 'list':
      return (message) => {
        const items = [...message.get(field)];
        const fault = checks.list?.(items);
        if (fault) return text(fault.index === undefined ? name : `${name}[${fault.index}]`, fault);
        for (const [index, item] of items.entries()) {
          const at = `${name}[${index}]`;
          const itemText = isReflectMessage(item) ? embedded(at, item) : text(at, checks.value?.(item));
          if (itemText !== undefined) return itemText;
        }
        return undefined;
      };
    case 'map':
      return (message) => {
        for (const [key, value] of message.get(field)) {
          const itemText = isReflectMessage(value) ? embedded(`${name}[${String(key)}]`, value) : undefined;
          if (itemText !== undefined) return itemText;
        }
        return undefined;
      };
  }
}

function text(name: string, fault: Fault | undefined): string | undefined {
  if (!fault) return undefined;
  return `${name}: ${fault.reason}${fault.cause === undefined ? '' : ` | caused by: ${fault.cause}`}`;
}

function embedded(name: string, message: ReflectMessage): string | undefined {
  const cause = messageCheck(message.desc)(message);
  return text(name, cause === undefined ? undefined : { reason: 'embedded message failed validation', cause });
}
