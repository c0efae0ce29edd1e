import { type DescEnum, type DescField, getOption, hasOption } from '@bufbuild/protobuf';
import { type EnumRules, type FieldRules, type RepeatedRules, rules } from '@zitadel/proto/validate/validate_pb.js';
import { type Fault, firstOf, type ValueCheck } from './fault.ts';
import { durationChecks, unsignedChecks } from './range-rules.ts';
import { bytesChecks, stringChecks } from './string-rules.ts';

/** What a field's `validate.rules` say. */
export interface FieldChecks {
  /** Whether the field must be set: messages only. */
  readonly required: boolean;
  /** On the value, or on each item of a list. */
  readonly value: ValueCheck | undefined;
  /** On a list as a whole. */
  readonly list: ((items: readonly unknown[]) => ListFault | undefined) | undefined;
}

/** A fault of a list, at one of its items if there is an index. */
export interface ListFault extends Fault {
  readonly index?: number;
}

const NONE: FieldChecks = { required: false, value: undefined, list: undefined };

/** @throws Error for rules that no descriptor of ZITADEL had when this was written, so that an update cannot pass unseen */
export function checksOf(field: DescField): FieldChecks {
  if (!hasOption(field, rules)) return NONE;
  const fieldRules = getOption(field, rules);
  const { type } = fieldRules;
  if (type.case === 'repeated') {
    return { required: false, value: itemCheck(type.value, field.enum), list: listCheck(type.value) };
  }
  return { required: isRequired(fieldRules), value: valueCheck(fieldRules, field.enum), list: undefined };
}

function isRequired({ message, type }: FieldRules): boolean {
  if (message?.required) return true;
  return (type.case === 'duration' || type.case === 'timestamp') && type.value.required;
}

function valueCheck({ type }: FieldRules, enumeration: DescEnum | undefined): ValueCheck | undefined {
  switch (type.case) {
    case undefined:
    case 'timestamp':
      return undefined;
    case 'string':
      return stringChecks(type.value);
    case 'bytes':
      return bytesChecks(type.value);
    case 'enum':
      return enumChecks(type.value, enumeration);
    case 'duration':
      return firstOf(durationChecks(type.value));
    case 'uint32':
    case 'uint64':
      return firstOf(unsignedChecks(type.value));
    case 'bool': {
      const wanted = type.value.const;
      return (value) => (value === wanted ? undefined : { reason: `value must equal ${wanted}` });
    }
    default:
      throw new Error(`no check for validate.rules of kind ${type.case}`);
  }
}

function enumChecks(enumRules: EnumRules, enumeration: DescEnum | undefined): ValueCheck {
  const nameOf = (number: number) =>
    enumeration?.values.find((value) => value.number === number)?.name ?? String(number);
  return (value) => {
    const number = Number(value);
    if (enumRules.notIn.includes(number)) {
      return { reason: `value must not be in list [${enumRules.notIn.map(nameOf).join(' ')}]` };
    }
    const isDefined = enumeration?.values.some((each) => each.number === number) ?? true;
    return enumRules.definedOnly && !isDefined ? { reason: 'value must be one of the defined enum values' } : undefined;
  };
}

function itemCheck({ items }: RepeatedRules, enumeration: DescEnum | undefined): ValueCheck | undefined {
  return items && valueCheck(items, enumeration);
}

function listCheck({ minItems, maxItems, unique }: RepeatedRules): FieldChecks['list'] {
  const reason = countReason(minItems, maxItems);
  return (items) => {
    const tooMany = maxItems > 0n && items.length > maxItems;
    if (reason !== undefined && (tooMany || items.length < minItems)) return { reason };
    const index = unique ? items.findIndex((item, at) => items.indexOf(item) < at) : -1;
    return index < 0 ? undefined : { reason: 'repeated value must contain unique items', index };
  };
}

function countReason(min: bigint, max: bigint): string | undefined {
  if (min > 0n && min === max) return `value must contain exactly ${min} item(s)`;
  if (min > 0n && max > 0n) return `value must contain between ${min} and ${max} items, inclusive`;
  if (min > 0n) return `value must contain at least ${min} item(s)`;
  return max > 0n ? `value must contain no more than ${max} item(s)` : undefined;
}
