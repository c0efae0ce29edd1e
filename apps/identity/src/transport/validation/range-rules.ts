import { type DescMessage, isFieldSet, type Message } from '@bufbuild/protobuf';
import { type Duration, DurationSchema } from '@bufbuild/protobuf/wkt';
import {
  type DurationRules,
  DurationRulesSchema,
  type UInt32Rules,
  UInt32RulesSchema,
  type UInt64Rules,
  UInt64RulesSchema,
} from '@zitadel/proto/validate/validate_pb.js';
import { type ValueCheck, when } from './fault.ts';
import { goDuration, nanosecondsOf } from './go-duration.ts';

/** Limits of something that can be compared, and Go's text of each. */
interface Range {
  readonly lt?: Limit | undefined;
  readonly lte?: Limit | undefined;
  readonly gt?: Limit | undefined;
  readonly gte?: Limit | undefined;
}

interface Limit {
  readonly value: bigint;
  readonly text: string;
}

export function unsignedChecks(rules: UInt32Rules | UInt64Rules): ValueCheck[] {
  const limit = (name: keyof Range): Limit | undefined => {
    const field =
      rules.$typeName === 'validate.UInt32Rules' ? UInt32RulesSchema.field[name] : UInt64RulesSchema.field[name];
    return isFieldSet(rules, field) ? { value: BigInt(rules[name]), text: String(rules[name]) } : undefined;
  };
  return rangeChecks({ lt: limit('lt'), lte: limit('lte'), gt: limit('gt'), gte: limit('gte') }, (value) =>
    BigInt(typeof value === 'bigint' || typeof value === 'number' ? value : 0),
  );
}

export function durationChecks(rules: DurationRules): ValueCheck[] {
  const limit = (name: keyof Range | 'const'): Limit | undefined => {
    const duration = isFieldSet(rules, DurationRulesSchema.field[name]) ? rules[name] : undefined;
    return duration && { value: nanosecondsOf(duration), text: goDuration(duration) };
  };
  const toBigInt = (value: unknown): bigint => (isMessage(value) && isDuration(value) ? nanosecondsOf(value) : 0n);
  return [
    ...when(limit('const'), ({ value: wanted, text }, value) =>
      toBigInt(value) === wanted ? undefined : `value must equal ${text}`,
    ),
    ...rangeChecks({ lt: limit('lt'), lte: limit('lte'), gt: limit('gt'), gte: limit('gte') }, toBigInt),
  ];
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && '$typeName' in value;
}

function isDuration(value: Message): value is Duration {
  return value.$typeName === (DurationSchema as DescMessage).typeName;
}

function rangeChecks({ lt, lte, gt, gte }: Range, toBigInt: (value: unknown) => bigint): ValueCheck[] {
  const high = lt ?? lte;
  const low = gt ?? gte;
  const text = rangeText({ lt, lte, gt, gte });
  return when(text, (reason, value) => {
    const number = toBigInt(value);
    const tooHigh = high !== undefined && (lt ? number >= high.value : number > high.value);
    const tooLow = low !== undefined && (gt ? number <= low.value : number < low.value);
    return tooHigh || tooLow ? reason : undefined;
  });
}

function rangeText({ lt, lte, gt, gte }: Range): string | undefined {
  const high = lt ?? lte;
  const low = gt ?? gte;
  if (high && low) return `value must be inside range ${gt ? '(' : '['}${low.text}, ${high.text}${lt ? ')' : ']'}`;
  if (high) return `value must be less than ${lt ? '' : 'or equal to '}${high.text}`;
  return low && `value must be greater than ${gt ? '' : 'or equal to '}${low.text}`;
}
