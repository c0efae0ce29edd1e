/** What is wrong with a value, in protoc-gen-validate's words; `cause` is what it appends as `caused by`. */
export interface Fault {
  readonly reason: string;
  readonly cause?: string | undefined;
}

/** Looks at a field's value; undefined when it is as the rules want it. */
export type ValueCheck = (value: unknown) => Fault | undefined;

/** The first fault of several checks, in their order. */
export function firstOf(checks: readonly ValueCheck[]): ValueCheck {
  return (value) => {
    for (const check of checks) {
      const fault = check(value);
      if (fault) return fault;
    }
    return undefined;
  };
}

/** A check that is only made when the rule is set. */
export function when<T>(rule: T | undefined, check: (rule: T, value: unknown) => string | undefined): ValueCheck[] {
  if (rule === undefined) return [];
  return [
    (value) => {
      const reason = check(rule, value);
      return reason === undefined ? undefined : { reason };
    },
  ];
}
