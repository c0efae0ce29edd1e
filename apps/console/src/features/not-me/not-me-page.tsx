import { NotMeAnswer, NotMeBody } from '@latchkey/contract/not-me';
import { notMePath } from '@latchkey/contract/paths';
import { t } from '@lingui/core/macro';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { hasCode } from '../../api/api-error.ts';
import { change } from '../../api/bff-client.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/button.tsx';
import { focusPageTitle, PageTitle } from '../../ui/page-title.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { takeNotMeCode, takenNotMeCode } from './take-code.ts';

/** For whoever had the mail: one button that locks their account, once, without a sign-in. */
export default function NotMePage() {
  const code = useCode();
  const lock = useMutation({
    mutationFn: (given: string) => change('POST', notMePath, { code: given }, NotMeAnswer),
    onSettled: () => requestAnimationFrame(focusPageTitle),
  });
  if (lock.data) return <Locked outcome={lock.data.outcome} />;
  if (code === null) return <NoCode />;
  const title = t`Was it not you?`;
  return (
    <div className="plain-page">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p className="lead">{t`Your help desk changed how you sign in. If you did not ask for that, lock your account now.`}</p>
      <p>{t`Then nobody can sign in to it, and what is signed in stops working, until your help desk unlocks it. They are told at once.`}</p>
      {lock.error && <LockTrouble error={lock.error} />}
      <p>
        <Button tone="dangerMain" isDisabled={lock.isPending} onClick={() => lock.mutate(code)}>
          {t`Lock my account`}
        </Button>
      </p>
      <p className="muted">{t`If it was you, close this page: nothing has happened.`}</p>
    </div>
  );
}

/** The code of the link that led here, null when it was cut; also when a second link is opened in the same tab. */
function useCode(): string | null {
  const [taken, setTaken] = useState(takenNotMeCode);
  const { hash } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    if (hash === '') return;
    takeNotMeCode();
    setTaken(takenNotMeCode());
    void navigate(paths.notMe, { replace: true });
  }, [hash, navigate]);
  const code = NotMeBody.safeParse({ code: taken });
  return code.success ? code.data.code : null;
}

function Locked({ outcome }: NotMeAnswer) {
  const title = outcome === 'locked' ? t`Your account is locked` : t`Your account could not be locked`;
  return (
    <div className="plain-page" role="status">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p className="lead">
        {outcome === 'locked'
          ? t`Nobody can sign in to it now, you neither. Your help desk was told.`
          : t`Your help desk was told that this was not you.`}
      </p>
      <p>{t`Call your help desk on a number that you know, not on one from a message, and say that somebody tried to take your account.`}</p>
    </div>
  );
}

function NoCode() {
  const title = t`This link is incomplete`;
  return (
    <div className="plain-page">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p>{t`A part of it was lost. Open it once more from the mail, or copy it whole.`}</p>
      <p>{t`If that does not help, call your help desk on a number that you know.`}</p>
    </div>
  );
}

/** A link that is used up is no riddle: what to do then is the same as after it. */
function LockTrouble({ error }: { readonly error: unknown }) {
  if (!hasCode(error, 'not_found', 'precondition_failed', 'invalid_input', 'conflict')) {
    return <Trouble {...explainFailure(error, 'change')} />;
  }
  return (
    <Trouble
      happened={t`This link was used already, or is too old.`}
      notDone={t`Nothing was changed.`}
      todo={t`Call your help desk on a number that you know, and say that it was not you.`}
      requestId={explainFailure(error, 'change').requestId}
    />
  );
}
