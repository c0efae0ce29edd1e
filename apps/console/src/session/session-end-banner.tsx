import type { Session } from '@latchkey/contract/session';
import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { formatTime } from '../i18n/format.ts';
import { Button } from '../ui/button.tsx';
import { recheckSession, sessionQuery } from './session-query.ts';
import { signIn } from './sign-in.ts';
import { useSession } from './use-session.ts';

/** How long before the end the banner shows: long enough to finish a sentence and press a button. */
const warningTime = 60_000;

/** Says that the session is about to end, and offers to stay. */
export function SessionEndBanner() {
  const session = useSession();
  return session ? <EndWarning session={session} /> : null;
}

function EndWarning({ session }: { readonly session: Session }) {
  const client = useQueryClient();
  const isNear = useNearEnd(session);
  if (!isNear) return null;
  const time = formatTime(session.idleEndsAt);
  const canStay = session.idleEndsAt < session.absoluteEndsAt;
  return (
    <div className="banner banner-warn" role="alert">
      <p>
        {canStay
          ? t`Nothing has happened here for a while: you are signed out at ${time}.`
          : t`This session has lasted as long as one may: it ends at ${time}.`}
      </p>
      {canStay ? (
        <Button onClick={() => void client.fetchQuery({ ...sessionQuery, staleTime: 0 })}>{t`Stay signed in`}</Button>
      ) : (
        <Button onClick={() => void signIn(`${location.pathname}${location.search}`)}>{t`Sign in again`}</Button>
      )}
    </div>
  );
}

/**
 * Whether the session ends within the warning time. What the page knows may be old, because every read put the end off:
 * before it warns, and when the end has come, it asks, without putting anything off itself.
 */
function useNearEnd({ idleEndsAt }: Session): boolean {
  const client = useQueryClient();
  const [nearEnd, setNearEnd] = useState<string | null>(null);
  useEffect(() => {
    const left = Date.parse(idleEndsAt) - Date.now();
    const ask = () => void recheckSession(client);
    const warn = async () => {
      await recheckSession(client);
      if (client.getQueryData(sessionQuery.queryKey)?.idleEndsAt === idleEndsAt) setNearEnd(idleEndsAt);
    };
    const warning = setTimeout(() => void warn(), Math.max(0, left - warningTime));
    const end = setTimeout(ask, Math.max(0, left) + 1_000);
    return () => {
      clearTimeout(warning);
      clearTimeout(end);
    };
  }, [client, idleEndsAt]);
  return nearEnd === idleEndsAt;
}
