import { maximumReasonLength, maximumTicketLength } from '@latchkey/contract/removal';
import { useLingui } from '@lingui/react';
import { lazy, Suspense, useEffect } from 'react';
import { hasCode } from '../api/api-error.ts';
import { explainFailure } from '../i18n/explain-failure.ts';
import { StepUpPrompt } from '../session/step-up-prompt.tsx';
import { useSession } from '../session/use-session.ts';
import { cancelConfirmation, useOpenConfirmation } from '../ui/confirm-store.ts';
import { Trouble } from '../ui/trouble.tsx';

const loadDialog = () => import('../ui/confirm-dialog.tsx');
const ConfirmDialog = lazy(async () => ({ default: (await loadDialog()).ConfirmDialog }));

/** Shows the question that is open, if any. Its code is fetched while the person still reads the page. */
export function ConfirmHost() {
  const confirmation = useOpenConfirmation();
  const session = useSession();
  const { i18n } = useLingui();
  const isSignedIn = Boolean(session);

  useEffect(() => {
    if (!isSignedIn) return cancelConfirmation();
    const timer = setTimeout(() => void loadDialog(), 300);
    return () => clearTimeout(timer);
  }, [isSignedIn]);

  if (confirmation === null) return null;
  return (
    <Suspense>
      <ConfirmDialog
        confirmation={confirmation}
        locale={i18n.locale}
        maximumReasonLength={maximumReasonLength}
        maximumTicketLength={maximumTicketLength}
        renderFailure={(error, why) =>
          hasCode(error, 'step_up_required') ? (
            <StepUpPrompt scope={confirmation.scope} intent={{ ...confirmation.intent, why }} />
          ) : (
            (confirmation.explain?.(error, why) ?? <Trouble {...explainFailure(error, 'change')} />)
          )
        }
      />
    </Suspense>
  );
}
