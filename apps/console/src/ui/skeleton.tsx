import { t } from '@lingui/core/macro';

type SkeletonProps = {
  /** How many rows of the real thing's height to hold free. */
  readonly rows: number;
};

/** Holds the place of rows that are on their way. Nothing shows for the first 150 ms (in CSS, so that no timer runs). */
export function Skeleton({ rows }: SkeletonProps) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t`Loading`}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have nothing but their place
        <div key={row} className="skeleton-row" />
      ))}
    </div>
  );
}
