import type { ResetOptions } from '@latchkey/contract/reset';
import { type SubmitEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../../paths.ts';
import { useReturnedIntent } from '../../../session/use-returned-intent.ts';
import { useStartReset } from '../reset-queries.ts';
import { FormIntent } from './form-intent.ts';
import { emptyForm, type FormFault, findFaults, type ResetForm, toResetBody } from './form-state.ts';
import { useCallerCode } from './use-caller-code.ts';

/** The first screen's state: what was filled in, what is missing, and the way to the case. */
export function useResetForm(options: ResetOptions) {
  const { user } = options;
  const [form, setForm] = useState(() => emptyForm(options));
  const [wasSent, setWasSent] = useState(false);
  const navigate = useNavigate();
  const { mutateAsync, isPending, error } = useStartReset(user.userId);
  const change = (part: Partial<ResetForm>) => setForm((before) => ({ ...before, ...part }));
  const code = useCallerCode(user.userId, form, (callerCode) => change({ callerCode }));
  const fields = {
    caller: useRef<HTMLFieldSetElement>(null),
    reason: useRef<HTMLInputElement>(null),
    ticket: useRef<HTMLInputElement>(null),
  };

  const start = async (filled: ResetForm) => {
    const body = toResetBody(filled, options);
    if (body === null) return;
    const { resetId } = await mutateAsync(body);
    await navigate(paths.reset(resetId));
  };
  // What went wrong is shown above the button, from the mutation's own state.
  const run = (filled: ResetForm) => void start(filled).catch(() => null);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isPending) return;
    setWasSent(true);
    const [first] = findFaults(form, options);
    if (first === undefined) run(form);
    else focusFault(first, fields);
  };
  useReturnedIntent(FormIntent, (intent) => {
    setForm(intent.form);
    if (intent.act === 'startReset') run(intent.form);
    if (intent.act === 'sendCallerCode') code.send(intent.channel);
  });
  return {
    ...{ form, change, code, fields, submit, error },
    isBusy: isPending,
    faults: wasSent ? findFaults(form, options) : [],
  };
}

type Fields = Record<'caller' | 'reason' | 'ticket', { readonly current: HTMLElement | null }>;

/** Puts the focus where something is missing. */
function focusFault(fault: FormFault, fields: Fields): void {
  if (fault === 'nothing') return;
  const field = fault === 'callerCode' ? 'caller' : fault;
  const { current } = fields[field];
  const inGroup = (selector: string) => current?.querySelector<HTMLElement>(selector);
  const target = field === 'caller' ? (inGroup('input:checked') ?? inGroup('input')) : current;
  target?.focus();
}
