import { isFieldSet } from '@bufbuild/protobuf';
import {
  type BytesRules,
  BytesRulesSchema,
  type StringRules,
  StringRulesSchema,
} from '@zitadel/proto/validate/validate_pb.js';
import { emailFault } from './email-address.ts';
import { firstOf, type ValueCheck, when } from './fault.ts';

/** The rules on strings that ZITADEL's descriptors use, in the order protoc-gen-validate checks them. */
export function stringChecks(rules: StringRules): ValueCheck {
  const { field } = StringRulesSchema;
  const set = <T>(name: keyof typeof field, value: T): T | undefined =>
    isFieldSet(rules, field[name]) ? value : undefined;
  const all = firstOf([
    ...lengthChecks('runes', runesOf, set('len', rules.len), set('minLen', rules.minLen), set('maxLen', rules.maxLen)),
    ...lengthChecks('bytes', bytesOf, undefined, set('minBytes', rules.minBytes), set('maxBytes', rules.maxBytes)),
    ...when(set('prefix', rules.prefix), (prefix, value) =>
      String(value).startsWith(prefix) ? undefined : `value does not have prefix ${JSON.stringify(prefix)}`,
    ),
    ...wellKnownChecks(rules),
  ]);
  return rules.ignoreEmpty ? (value) => (value === '' ? undefined : all(value)) : all;
}

export function bytesChecks(rules: BytesRules): ValueCheck {
  const { field } = BytesRulesSchema;
  const set = <T>(name: keyof typeof field, value: T): T | undefined =>
    isFieldSet(rules, field[name]) ? value : undefined;
  return firstOf(
    lengthChecks('bytes', bytesOf, set('len', rules.len), set('minLen', rules.minLen), set('maxLen', rules.maxLen)),
  );
}

function lengthChecks(
  unit: 'runes' | 'bytes',
  lengthOf: (value: unknown) => number,
  exact: bigint | undefined,
  min: bigint | undefined,
  max: bigint | undefined,
): ValueCheck[] {
  const reason = lengthReason(unit, exact, min, max);
  const low = Number(exact ?? min ?? 0n);
  const high = Number(exact ?? max ?? Number.POSITIVE_INFINITY);
  return when(reason, (text, value) => {
    const length = lengthOf(value);
    return length < low || length > high ? text : undefined;
  });
}

function lengthReason(unit: string, exact?: bigint, min?: bigint, max?: bigint): string | undefined {
  const only = exact ?? (min === max ? min : undefined);
  if (only !== undefined) return `value length must be ${only} ${unit}`;
  if (min !== undefined && max !== undefined)
    return `value length must be between ${min} and ${max} ${unit}, inclusive`;
  if (min !== undefined) return `value length must be at least ${min} ${unit}`;
  return max === undefined ? undefined : `value length must be at most ${max} ${unit}`;
}

const runesOf = (value: unknown): number => [...String(value)].length;
const bytesOf = (value: unknown): number =>
  value instanceof Uint8Array ? value.length : Buffer.byteLength(String(value));

function wellKnownChecks({ wellKnown }: StringRules): ValueCheck[] {
  switch (wellKnown.case) {
    case 'email':
      return [
        (value) => {
          const cause = emailFault(String(value));
          return cause === undefined ? undefined : { reason: 'value must be a valid email address', cause };
        },
      ];
    case 'uriRef':
      return [
        (value) => {
          const cause = uriFault(String(value));
          return cause === undefined ? undefined : { reason: 'value must be a valid URI', cause };
        },
      ];
    case undefined:
      return [];
    default:
      throw new Error(`no check for strings of kind ${wellKnown.case}`);
  }
}

/** What Go's url.Parse refuses of a reference. */
function uriFault(text: string): string | undefined {
  const badEscape = /%(?![\da-f]{2}).{0,2}/i.exec(text)?.[0];
  if (badEscape !== undefined) return `parse ${JSON.stringify(text)}: invalid URL escape ${JSON.stringify(badEscape)}`;
  if (/\p{Cc}/u.test(text)) return `parse ${JSON.stringify(text)}: net/url: invalid control character in URL`;
  return /^:/.test(text) ? `parse ${JSON.stringify(text)}: missing protocol scheme` : undefined;
}
