import type { OwnSession } from '@latchkey/contract/session';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { browserWords } from '../../i18n/browser-words.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { ownSessionsQuery, useEndOwnSessions } from './me-queries.ts';

/** Where I am signed in to Latchkey, each with its end (ASVS 7.5.2). */
export function OwnSessionsCard() {
  const { data, error, refetch } = useQuery(ownSessionsQuery);
  const end = useEndOwnSessions();
  const endSessions = async (which: OwnSession | 'others') => {
    await end.mutateAsync(which);
    announce(which === 'others' ? t`All other sessions ended.` : t`Session ended.`);
    document.getElementById('own-sessions')?.focus();
  };
  // What went wrong is shown below, from the mutation's own state.
  const run = (which: OwnSession | 'others') => void endSessions(which).catch(() => null);
  return (
    <section className="section" aria-labelledby="own-sessions">
      <h2 id="own-sessions" tabIndex={-1}>{t`My Latchkey sessions`}</h2>
      {end.error && <Trouble {...explainFailure(end.error, 'change')} />}
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={2} />
      ) : (
        <>
          <ul className="rows own-session-rows">
            {data.sessions.map((session) => (
              <OwnSessionLine key={session.sessionId} session={session} onEnd={() => run(session)} />
            ))}
          </ul>
          {data.sessions.length > 1 && (
            <p className="section-note">
              <Button tone="danger" isDisabled={end.isPending} onClick={() => run('others')}>
                {t`End all other sessions`}
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function OwnSessionLine({ session, onEnd }: { readonly session: OwnSession; readonly onEnd: () => void }) {
  const browser = browserWords(session.browser);
  return (
    <li>
      <span className="factor-word">
        <bdi title={session.browser ?? undefined}>{browser}</bdi>
      </span>
      <span className="muted">
        {t`Signed in`} <Moment iso={session.createdAt} />
      </span>
      <span className="muted">
        {t`Last seen`} <Moment iso={session.lastSeenAt} />
      </span>
      {session.current ? (
        <StateDot tone="ok" word={t`This session`} />
      ) : (
        <Button tone="danger" aria-label={t`End session in ${browser}`} onClick={onEnd}>{t`End session`}</Button>
      )}
    </li>
  );
}
