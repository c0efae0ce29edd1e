import type { CallerCode, CodeChannel, ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { channelWords } from '../words/caller-words.ts';
import { CodeCheck } from './code-check.tsx';
import { CodeTrouble } from './code-trouble.tsx';
import type { CallerCodeActs } from './use-caller-code.ts';

export type CallerCodeProps = {
  readonly channels: NonNullable<ResetOptions['channels']>;
  readonly callerCode: CallerCode | null;
  readonly isUnverified: boolean;
  readonly acts: CallerCodeActs;
};

/** Sends a code to what the caller still holds, and checks what they read out. */
export function CallerCodeFields({ channels, callerCode, isUnverified, acts }: CallerCodeProps) {
  const [channel, setChannel] = useState<CodeChannel | null>(callerCode?.channel ?? channels[0]?.channel ?? null);
  if (callerCode?.state === 'verified') {
    const to = channelWords(callerCode);
    return <StateDot tone="ok" word={t`Verified by a code: ${to}`} />;
  }
  return (
    <>
      <div className="caller-code">
        <SelectField
          label={t`Channel`}
          value={channel ?? ''}
          options={channels.map((candidate) => ({ value: candidate.channel, text: channelWords(candidate) }))}
          onChange={(value) => setChannel(channels.find((candidate) => candidate.channel === value)?.channel ?? null)}
        />
        <Button isDisabled={acts.isBusy} onClick={() => channel && acts.send(channel)}>
          {callerCode === null ? t`Send code` : t`Send another code`}
        </Button>
      </div>
      {callerCode !== null && <CodeCheck key={callerCode.callerCodeId} callerCode={callerCode} acts={acts} />}
      {isUnverified && <p className="field-error" role="alert">{t`The code is not checked yet.`}</p>}
      <CodeTrouble acts={acts} />
    </>
  );
}
