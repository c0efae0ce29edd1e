import type { ApprovalSubject } from '@latchkey/contract/approval';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../../../paths.ts';
import { FactLine } from '../../../ui/fact-line.tsx';
import { callerWords } from '../words/caller-words.ts';
import { deedWords } from '../words/deed-words.ts';

/** Exactly what will happen, once it is approved. */
export function SubjectDetails({ subject }: { readonly subject: ApprovalSubject }) {
  switch (subject.kind) {
    case 'reset':
      return <ResetDetails subject={subject} />;
    case 'policy':
      return subject.locksEverybodyOut ? (
        <p className="refusal">
          {t`A second factor is forced and no type would be left: nobody could sign in with a password any more.`}
        </p>
      ) : null;
    case 'limit':
      return <p>{t`The count of their removals starts again from zero with the next one, whoever it is for.`}</p>;
  }
}

function ResetDetails({ subject }: { readonly subject: Extract<ApprovalSubject, { kind: 'reset' }> }) {
  const { user, caller, deeds, keptLocked, resetId } = subject;
  return (
    <>
      <dl className="facts">
        <FactLine term={t`Login name`}>
          <bdi>{user.loginName}</bdi>
        </FactLine>
        <FactLine term={t`Caller verified by`}>{callerWords(caller)}</FactLine>
      </dl>
      <ol className="deeds">
        {deeds.map((deed, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a plan never changes its order; its hash stands for it
          <li key={index}>{deedWords(deed)}</li>
        ))}
      </ol>
      {keptLocked && <p>{t`The account stays locked afterwards.`}</p>}
      <p>
        <Link to={paths.user(user.userId)}>{t`Open the person`}</Link> ·{' '}
        <Link to={paths.reset(resetId)}>{t`Open the case`}</Link>
      </p>
    </>
  );
}
