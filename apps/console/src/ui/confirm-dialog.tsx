import { t } from '@lingui/core/macro';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';
import type { OpenConfirmation } from './confirm-store.ts';
import { ReasonField } from './reason-field.tsx';

type ConfirmDialogProps = {
  readonly confirmation: OpenConfirmation;
  readonly locale: string;
  readonly maximumReasonLength: number;
  /** How a failure of the act is shown inside the dialog. */
  readonly renderFailure: (error: unknown, reason: string) => ReactNode;
};

/** The one dialog before an act: who, what, what follows, why; the act is last and named like the title's verb. */
export function ConfirmDialog({ confirmation, locale, maximumReasonLength, renderFailure }: ConfirmDialogProps) {
  const { title, facts, follows, leaves, verb, tone, act, settle } = confirmation;
  const [reason, setReason] = useState(confirmation.reason ?? '');
  const [isReasonMissing, setIsReasonMissing] = useState(false);
  const [isRunning, setIsRunning] = useState(false);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isRunning) return;
    const isMissing = reason.trim() === '';
    setIsReasonMissing(isMissing);
    if (isMissing) return field.current?.focus();
    setIsRunning(true);
    setFailure(null);
    try {
      await act(reason.trim());
      settle('done');
    } catch (error) {
      setFailure({ error });
      setIsRunning(false);
    }
  };

  return (
    <I18nProvider locale={locale}>
      <ModalOverlay
        className="overlay"
        isOpen
        isKeyboardDismissDisabled={isRunning}
        onOpenChange={(isOpen) => {
          if (!isOpen && !isRunning) settle('cancelled');
        }}
      >
        <Modal className="modal">
          <Dialog className="dialog">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <dl className="facts">
              {facts.map(({ term, value }) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>
                    <bdi>{value}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
            <p>{follows}</p>
            {leaves !== null && <p className="muted">{leaves}</p>}
            <form onSubmit={(event) => void submit(event)} noValidate>
              <ReasonField
                ref={field}
                value={reason}
                onChange={setReason}
                maximumLength={maximumReasonLength}
                isMissing={isReasonMissing && reason.trim() === ''}
              />
              {failure && renderFailure(failure.error, reason.trim())}
              <div className="dialog-buttons">
                <Button isDisabled={isRunning} onClick={() => settle('cancelled')}>{t`Cancel`}</Button>
                <Button type="submit" tone={tone === 'danger' ? 'dangerMain' : 'main'} isDisabled={isRunning}>
                  {verb}
                </Button>
              </div>
            </form>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}
