import { t } from '@lingui/core/macro';
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';
import type { OpenConfirmation, Why } from './confirm-store.ts';
import { FactsList } from './facts-list.tsx';
import { TextField } from './text-field.tsx';

type ConfirmDialogProps = {
  readonly confirmation: OpenConfirmation;
  readonly locale: string;
  readonly maximumReasonLength: number;
  readonly maximumTicketLength: number;
  /** How a failure of the act is shown inside the dialog. */
  readonly renderFailure: (error: unknown, why: Why) => ReactNode;
};

/** The one dialog before an act: who, what, what follows, why; the act is last and named like the title's verb. */
export function ConfirmDialog({ confirmation, locale, renderFailure, ...lengths }: ConfirmDialogProps) {
  const { title, facts, follows, leaves, verb, tone, settle } = confirmation;
  const question = useQuestion(confirmation);
  const { isRunning, failure } = question;

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
            <FactsList facts={facts} />
            <p>{follows}</p>
            {leaves !== null && <p className="muted">{leaves}</p>}
            {confirmation.evidence}
            <form onSubmit={(event) => void question.submit(event)} noValidate>
              {question.asks !== 'nothing' && (
                <TextField
                  ref={question.reasonField}
                  label={t`Reason`}
                  note={t`Required: a few words, such as “lost phone, identity checked by callback”.`}
                  error={question.isReasonMissing ? t`A reason is needed: a few words are enough.` : null}
                  value={question.reason}
                  onChange={question.setReason}
                  maximumLength={lengths.maximumReasonLength}
                  isRequired
                  isFocusedFirst
                />
              )}
              {question.asks === 'why' && (
                <TextField
                  label={t`Ticket`}
                  note={t`If there is one.`}
                  error={null}
                  value={question.ticket}
                  onChange={question.setTicket}
                  maximumLength={lengths.maximumTicketLength}
                />
              )}
              {confirmation.typed !== undefined && (
                <TextField
                  ref={question.typedField}
                  label={t`Type “${confirmation.typed}”`}
                  note={t`So that this does not happen by habit.`}
                  error={question.isMistyped ? t`These are not the words.` : null}
                  value={question.typed}
                  onChange={question.setTyped}
                  maximumLength={confirmation.typed.length + 10}
                  isRequired
                />
              )}
              {failure && renderFailure(failure.error, failure.why)}
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

type Failure = { readonly error: unknown; readonly why: Why };

/** The fields of the question, and the act once they are filled in. */
function useQuestion({ why, typed: words, asks = 'why', act, settle }: OpenConfirmation) {
  const [reason, setReason] = useState(why?.reason ?? '');
  const [ticket, setTicket] = useState(why?.ticket ?? '');
  const [typed, setTyped] = useState('');
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const [isRunning, setIsRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  const typedField = useRef<HTMLInputElement>(null);
  const isMissing = asks !== 'nothing' && reason.trim() === '';
  const isWrong = words !== undefined && typed.trim().toLowerCase() !== words.toLowerCase();

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isRunning) return;
    setWasSubmitted(true);
    if (isMissing || isWrong) {
      (isMissing ? reasonField : typedField).current?.focus();
      return;
    }
    const given = toWhy(reason, ticket);
    setIsRunning(true);
    setFailure(null);
    try {
      await act(given);
      settle('done');
    } catch (error) {
      setFailure({ error, why: given });
      setIsRunning(false);
    }
  };
  return {
    ...{ reason, setReason, ticket, setTicket, typed, setTyped, isRunning, failure, submit },
    ...{ asks, reasonField, typedField },
    isReasonMissing: wasSubmitted && isMissing,
    isMistyped: wasSubmitted && isWrong,
  };
}

const toWhy = (reason: string, ticket: string): Why =>
  ticket.trim() === '' ? { reason: reason.trim() } : { reason: reason.trim(), ticket: ticket.trim() };
