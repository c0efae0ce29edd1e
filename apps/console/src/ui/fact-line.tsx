import type { ReactNode } from 'react';

/** One line of a list of facts. */
export function FactLine({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
