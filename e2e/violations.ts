import type { Stack } from '@latchkey/test-kit/stack';

/** That another site frames the console is reported, too, and is nothing that our page did. */
const provoked = new Set(['frame-ancestors']);

/** For a test that makes a page do what its policy forbids. @param directive the one that it provokes. */
export function provokeViolation(directive: string): void {
  provoked.add(directive);
}

/**
 * What browsers reported of violated policies to any process of the stack, also to those that were killed, but for what
 * tests provoked.
 */
export function findViolations({ bffs }: Stack): string[] {
  return bffs.outputs().flatMap(([name, output]) =>
    output
      .split('\n')
      .filter((line) => line.includes('content security policy violated'))
      .flatMap((line) => {
        const { report } = JSON.parse(line) as { report: Record<string, string> };
        const directive = report['effective-directive'];
        // What no browser wrote names none.
        return directive === undefined || provoked.has(directive) ? [] : [`${name}: ${JSON.stringify(report)}`];
      }),
  );
}
