import type { CallerCode } from '@latchkey/contract/reset';
import { plural, t } from '@lingui/core/macro';
import { useState } from 'react';
import { formatTime } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { channelWords } from '../words/caller-words.ts';
import type { CallerCodeActs } from './use-caller-code.ts';

type CodeCheckProps = { readonly callerCode: CallerCode; readonly acts: CallerCodeActs };

/** The field for what the caller reads out. What is typed lives here only. */
export function CodeCheck({ callerCode, acts }: CodeCheckProps) {
  const [code, setCode] = useState('');
  const { state, attemptsLeft, expiresAt } = callerCode;
  if (state !== 'sent') {
    return (
      <p className="field-error" role="alert">
        {state === 'expired'
          ? t`The code is too old. Send another one.`
          : t`Too many wrong tries. Send another code, or verify the caller in another way.`}
      </p>
    );
  }
  const check = () => {
    if (code.trim() === '' || acts.isBusy) return;
    acts.check(code.trim());
    setCode('');
  };
  const to = channelWords(callerCode);
  const time = formatTime(expiresAt);
  const note = `${t`Sent: ${to}. Good until ${time}.`} ${plural(attemptsLeft, { one: '1 try left.', other: '# tries left.' })}`;
  return (
    <div className="caller-code">
      <TextField
        label={t`Code`}
        note={note}
        error={acts.isWrong ? `${t`That is not the code that was sent.`} ${note}` : null}
        value={code}
        onChange={setCode}
        maximumLength={12}
        onEnter={check}
      />
      <Button isDisabled={acts.isBusy} onClick={check}>{t`Check`}</Button>
    </div>
  );
}
