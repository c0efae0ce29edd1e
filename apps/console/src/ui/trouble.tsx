import { t } from '@lingui/core/macro';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

type TroubleProps = {
  readonly happened: string;
  readonly notDone: string | null;
  readonly todo: string;
  readonly requestId: string | null;
  readonly onRetry?: () => void;
};

/** Trouble, inside the part it concerns: what happened, what was not done, what to do, and what to quote. */
export function Trouble({ happened, notDone, todo, requestId, onRetry }: TroubleProps) {
  return (
    <div className="trouble" role="alert">
      <p>
        <strong>{happened}</strong> {notDone}
      </p>
      <p>{todo}</p>
      {(requestId !== null || onRetry) && (
        <p className="trouble-foot">
          {onRetry && <Button onClick={onRetry}>{t`Try again`}</Button>}
          {requestId !== null && (
            <span className="muted">
              {t`Request id`} <code>{requestId}</code> <CopyButton value={requestId} what={t`request id`} />
            </span>
          )}
        </p>
      )}
    </div>
  );
}
