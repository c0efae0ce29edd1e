import type { UserSession } from '@latchkey/contract/user-session';
import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { deviceWords } from '../../i18n/browser-words.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { checksWords } from './session-words.ts';

type SessionRowProps = {
  readonly session: UserSession;
  readonly isEnded: boolean;
  /** The id of the sentence that says why it cannot be ended; null when it can. */
  readonly describedBy: string | null;
  readonly onEnd: () => void;
};

/** One session with its end, or the line in its place. */
export function SessionRow({ session, isEnded, describedBy, onEnd }: SessionRowProps) {
  const device = deviceWords(session.device);
  const raw = session.device ?? undefined;
  if (isEnded) return <EndedSession device={device} raw={raw} />;
  return (
    <tr>
      <th scope="row">
        <bdi title={raw}>{device}</bdi>
      </th>
      <td className="wide-only">{session.address !== null && <code>{session.address}</code>}</td>
      <td className="wide-only">{session.createdAt !== null && <Moment iso={session.createdAt} />}</td>
      <td>{checksWords(session.checks)}</td>
      <td className="row-end">
        <Button
          tone="danger"
          aria-label={t`End session on ${device}`}
          aria-describedby={describedBy ?? undefined}
          isDisabled={describedBy !== null}
          onClick={onEnd}
        >{t`End session`}</Button>
      </td>
    </tr>
  );
}

type EndedSessionProps = {
  readonly device: string;
  /** What the browser called itself. */
  readonly raw: string | undefined;
};

function EndedSession({ device, raw }: EndedSessionProps) {
  const ref = useRef<HTMLTableRowElement>(null);
  // The button that had the focus is gone; the line in its place takes it.
  useEffect(() => ref.current?.focus(), []);
  return (
    <tr ref={ref} tabIndex={-1} className="row-removed">
      <th scope="row">
        <s>
          <bdi title={raw}>{device}</bdi>
        </s>
      </th>
      <td colSpan={4}>{t`Ended just now by you`}</td>
    </tr>
  );
}
