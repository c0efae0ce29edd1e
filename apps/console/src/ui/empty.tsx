import type { ReactNode } from 'react';

type EmptyProps = { readonly title: string; readonly children?: ReactNode };

/** What would be here, and the one thing to do. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
