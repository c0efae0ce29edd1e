import { CodeChannel } from '@latchkey/contract/reset';
import * as z from 'zod/mini';
import { ResetForm } from './form-state.ts';

/** What the person was about to do on the first screen when a fresh sign-in was asked for. */
export const FormIntent = z.discriminatedUnion('act', [
  z.object({ act: z.literal('startReset'), form: ResetForm }),
  z.object({ act: z.literal('sendCallerCode'), form: ResetForm, channel: CodeChannel }),
  /** The code itself is not kept: it is typed again. */
  z.object({ act: z.literal('checkCallerCode'), form: ResetForm }),
]);
export type FormIntent = z.infer<typeof FormIntent>;
