import { type Factor, toFactorRef } from '@latchkey/contract/factor';
import type { ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { factorName } from '../../../i18n/factor-words.ts';
import { factorKey } from '../../../i18n/sign-in/sign-in-ask.ts';
import { Choice } from '../../../ui/choice.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { explainStep } from '../words/refusal-words.ts';
import { isKept, isVouching, type ResetForm } from './form-state.ts';

type FactorChoicesProps = {
  readonly options: ResetOptions;
  readonly form: ResetForm;
  readonly onKept: (kept: ResetForm['kept']) => void;
};

/** Every factor with a tick: all of it goes, but for what the caller still holds. */
export function FactorChoices({ options, form, onKept }: FactorChoicesProps) {
  const { factors, steps } = options;
  const refusals = [
    {
      id: 'vouching-factor',
      words: factors.some((factor) => isVouching(form, factor))
        ? t`The code was read out from it: it stays. To remove it, verify the caller another way.`
        : null,
      isFor: (factor: Factor) => isVouching(form, factor),
    },
    { id: 'no-factors', words: explainStep(steps.removeFactor), isFor: isNoCodes },
    { id: 'no-recovery-codes', words: explainStep(steps.removeRecoveryCodes), isFor: isCodes },
  ].filter(({ words, isFor }) => words !== null && factors.some(isFor));
  const refusalOf = (factor: Factor) => refusals.find(({ isFor }) => isFor(factor))?.id ?? null;
  const toggle = (factor: Factor, goes: boolean) => {
    const others = form.kept.filter((kept) => factorKey(kept) !== factorKey(factor));
    onKept(goes ? others : [...others, toFactorRef(factor)]);
  };
  return (
    <ChoiceGroup
      role="group"
      legend={t`Factors to remove`}
      note={factors.length === 0 ? t`This person has no factors.` : t`Untick what the caller still holds.`}
    >
      {refusals.map(({ id, words }) => (
        <p key={id} id={id} className="refusal">
          {words}
        </p>
      ))}
      {factors.map((factor) => {
        const refusedBy = refusalOf(factor);
        return (
          <Choice
            key={factorKey(factor)}
            kind="checkbox"
            label={<bdi>{factorName(factor)}</bdi>}
            note={
              <FactorNote
                factor={factor}
                staysAsWayBack={options.recoveryCodesAtSignIn && isCodes(factor)}
                wasShown={isVouching(form, factor)}
              />
            }
            isChosen={refusedBy === null && !isKept(form, factor)}
            refusedBy={refusedBy}
            onChange={(goes) => toggle(factor, goes)}
          />
        );
      })}
    </ChoiceGroup>
  );
}

const isCodes = ({ kind }: Factor): boolean => kind === 'recoveryCodes';
const isNoCodes = (factor: Factor): boolean => !isCodes(factor);

type FactorNoteProps = { readonly factor: Factor; readonly staysAsWayBack: boolean; readonly wasShown: boolean };

function FactorNote({ factor, staysAsWayBack, wasShown }: FactorNoteProps) {
  const { state, addedAt, lastUsedAt } = factor;
  return (
    <>
      {state === 'ready' ? t`Ready` : t`Never finished`}
      {addedAt != null && (
        <>
          {' · '}
          {t`Added`} <Moment iso={addedAt} />
        </>
      )}
      {lastUsedAt != null && (
        <>
          {' · '}
          {t`Last used`} <Moment iso={lastUsedAt} />
        </>
      )}
      {wasShown && <> · {t`The caller still holds it: the code that was sent there was right.`}</>}
      {staysAsWayBack && (
        <> · {t`Left alone, they are a way back: your sign-in pages take them, as your operator says.`}</>
      )}
    </>
  );
}
