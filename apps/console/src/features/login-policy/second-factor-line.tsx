import type { Approval } from '@latchkey/contract/approval';
import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { useEffect, useState } from 'react';
import { factorWord } from '../../i18n/factor-words.ts';
import { Button } from '../../ui/button.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import type { SecondFactorChange } from './login-policy-queries.ts';
import { policyApprovalWords } from './policy-approvals.ts';

export type Act = SecondFactorChange['act'];

/** What this page did to a type last, and when, in milliseconds since the epoch. */
export type LastAct = { readonly act: Act; readonly at: number };

type SecondFactorLineProps = {
  readonly type: SecondFactorType;
  readonly isAllowed: boolean;
  readonly last: LastAct | null;
  readonly isRefused: boolean;
  /** What a second person was asked for, if anything. */
  readonly approval: Approval | null;
  readonly onChange: (act: Act) => void;
  readonly onUndo: () => void;
};

/** One second factor type: whether it is allowed, what was just done to it, and the way to the other. */
export function SecondFactorLine({
  type,
  isAllowed,
  last,
  isRefused,
  approval,
  onChange,
  onUndo,
}: SecondFactorLineProps) {
  const word = factorWord(type);
  const isJustRemoved = last?.act === 'remove' && !isAllowed;
  const isWaiting = approval?.state === 'waiting';
  const noteId = `approval-${type}`;
  const canUndo = useIsRecent(isJustRemoved ? last.at : null);
  return (
    <li data-type={type} tabIndex={-1}>
      <span className="factor-word">{word}</span>
      <span className="factor-state">
        {isAllowed ? <StateDot tone="ok" word={t`allowed`} /> : <StateDot tone="muted" word={t`not allowed`} />}
      </span>
      <span className="row-note muted">
        {lastActWords(last, isAllowed)} {approval && <span id={noteId}>{policyApprovalWords(approval)}</span>}{' '}
        {canUndo && <Button tone="quiet" aria-label={t`Undo: add back ${word}`} onClick={onUndo}>{t`Undo`}</Button>}
      </span>
      <Button
        tone={isAllowed ? 'danger' : 'plain'}
        aria-label={isAllowed ? t`Remove ${word}` : t`Add back ${word}`}
        aria-describedby={isRefused ? 'policy-refusal' : isWaiting ? noteId : undefined}
        isDisabled={isRefused || isWaiting}
        onClick={() => onChange(isAllowed ? 'remove' : 'add')}
      >
        {isAllowed ? t`Remove` : t`Add back`}
      </Button>
    </li>
  );
}

function lastActWords(last: LastAct | null, isAllowed: boolean): string | null {
  if (last?.act === 'remove' && !isAllowed) return t`Removed just now by you`;
  if (last?.act === 'add' && isAllowed) return t`Added just now by you`;
  return null;
}

const undoTime = 60_000;

/** Whether a moment is less than a minute ago, and no longer once it is. */
function useIsRecent(at: number | null): boolean {
  const [expired, setExpired] = useState<number | null>(null);
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => setExpired(at), Math.max(0, at + undoTime - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  return at !== null && expired !== at;
}
