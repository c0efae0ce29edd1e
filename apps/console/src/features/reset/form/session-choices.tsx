import type { ResetOptions } from '@latchkey/contract/reset';
import type { UserSession } from '@latchkey/contract/user-session';
import { plural, t } from '@lingui/core/macro';
import { deviceWords } from '../../../i18n/browser-words.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { Choice } from '../../../ui/choice.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { explainStep } from '../words/refusal-words.ts';
import type { ResetForm } from './form-state.ts';

type SessionChoicesProps = {
  readonly options: ResetOptions;
  readonly chosen: ResetForm['sessions'];
  readonly onChosen: (chosen: ResetForm['sessions']) => void;
};

/** The sessions to end: all of them, or those that are picked. */
export function SessionChoices({ options: { sessions, steps }, chosen, onChosen }: SessionChoicesProps) {
  const refusal = explainStep(steps.endSession);
  const refusedBy = refusal === null ? null : 'no-session-end';
  const listed = sessions ?? [];
  const toggle = (sessionId: string, ends: boolean) => {
    const before = chosen === 'all' ? listed.map((session) => session.sessionId) : chosen;
    onChosen(ends ? [...before, sessionId] : before.filter((other) => other !== sessionId));
  };
  return (
    <ChoiceGroup role="group" legend={t`Sessions to end`}>
      {refusal !== null && (
        <p id="no-session-end" className="refusal">
          {refusal}
        </p>
      )}
      <Choice
        kind="checkbox"
        label={t`All sessions`}
        note={
          <>
            {t`Those that begin while the case runs, too. A session that lives on keeps the check of a factor that is gone.`}{' '}
            {sessions === null
              ? t`Your role does not show them to you.`
              : listed.length > 0 && countWords(listed.length)}
          </>
        }
        isChosen={refusedBy === null && chosen === 'all'}
        refusedBy={refusedBy}
        onChange={(all) => onChosen(all ? 'all' : [])}
      />
      {listed.length > 0 && (
        <details className="choice-details" open={chosen !== 'all' || undefined}>
          <summary>{t`Choose single sessions`}</summary>
          {listed.map((session) => (
            <Choice
              key={session.sessionId}
              kind="checkbox"
              label={<bdi title={session.device ?? undefined}>{deviceWords(session.device)}</bdi>}
              note={<SessionNote session={session} />}
              isChosen={refusedBy === null && (chosen === 'all' || chosen.includes(session.sessionId))}
              refusedBy={refusedBy}
              onChange={(ends) => toggle(session.sessionId, ends)}
            />
          ))}
        </details>
      )}
    </ChoiceGroup>
  );
}

function countWords(count: number): string {
  const sessions = formatNumber(count);
  return plural(count, { one: '1 session is listed now.', other: `${sessions} sessions are listed now.` });
}

function SessionNote({ session: { createdAt, address } }: { readonly session: UserSession }) {
  return (
    <>
      {createdAt !== null && (
        <>
          {t`Signed in`} <Moment iso={createdAt} />
        </>
      )}
      {createdAt !== null && address !== null && ' · '}
      {address !== null && <code>{address}</code>}
    </>
  );
}
