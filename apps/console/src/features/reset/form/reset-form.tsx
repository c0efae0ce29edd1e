import { maximumReasonLength, maximumTicketLength } from '@latchkey/contract/removal';
import type { ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../../../paths.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { BeforeContinue } from './before-continue.tsx';
import { CallerFields } from './caller-fields.tsx';
import { FactorChoices } from './factor-choices.tsx';
import { LockChoices } from './lock-choices.tsx';
import { ReenrolmentChoices } from './reenrolment-choices.tsx';
import { SessionChoices } from './session-choices.tsx';
import { StartTrouble } from './start-trouble.tsx';
import { useResetForm } from './use-reset-form.ts';

/** The first screen's form. Nothing but the caller and the reason has to be filled in. */
export function ResetFormView({ options }: { readonly options: ResetOptions }) {
  const view = useResetForm(options);
  const { form, change, faults, fields } = view;
  const pattern = options.ticketPattern ?? '';
  return (
    <form className="reset-form" onSubmit={view.submit} noValidate>
      <CallerFields
        ref={fields.caller}
        options={options}
        how={form.how}
        isMissing={faults.includes('caller')}
        onHow={(how) => change({ how })}
        callerCode={form.callerCode}
        isUnverified={faults.includes('callerCode')}
        acts={view.code}
      />
      <div className="reset-why">
        <TextField
          ref={fields.reason}
          label={t`Reason`}
          note={t`Required: a few words, such as “lost phone”.`}
          error={faults.includes('reason') ? t`A reason is needed: a few words are enough.` : null}
          value={form.reason}
          onChange={(reason) => change({ reason })}
          maximumLength={maximumReasonLength}
          isRequired
        />
        <TextField
          ref={fields.ticket}
          label={t`Ticket`}
          note={pattern === '' ? t`If there is one.` : t`Required. It has to look like this: ${pattern}`}
          error={faults.includes('ticket') ? t`A ticket is needed that looks like this: ${pattern}` : null}
          value={form.ticket}
          onChange={(ticket) => change({ ticket })}
          maximumLength={maximumTicketLength}
          isRequired={pattern !== ''}
        />
      </div>
      <FactorChoices options={options} form={form} onKept={(kept) => change({ kept })} />
      <SessionChoices options={options} chosen={form.sessions} onChosen={(sessions) => change({ sessions })} />
      <LockChoices options={options} form={form} onChange={change} />
      <ReenrolmentChoices
        steps={options.steps}
        chosen={form.reenrolment}
        onChosen={(reenrolment) => change({ reenrolment })}
      />
      <BeforeContinue options={options} />
      {faults.includes('nothing') && (
        <p className="field-error" role="alert">
          {t`This would do nothing: choose something that goes.`}
        </p>
      )}
      {view.error !== null && <StartTrouble userId={options.user.userId} form={form} error={view.error} />}
      <p className="form-buttons">
        <Button type="submit" tone="main" isDisabled={view.isBusy}>{t`Continue`}</Button>
        <Link to={paths.user(options.user.userId)}>{t`Back without a reset`}</Link>
        <span className="muted">{t`Nothing is done yet: the next page shows the plan.`}</span>
      </p>
    </form>
  );
}
