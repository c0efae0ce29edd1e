import { describe, expect, it } from 'vitest';
import { type Confirmation, cancelConfirmation, confirmAct } from './confirm-store.ts';

const question: Confirmation = {
  title: 'Remove it?',
  facts: [],
  follows: 'It is gone.',
  leaves: null,
  verb: 'Remove',
  tone: 'danger',
  act: async () => undefined,
  intent: {},
  scope: 'login-policy',
};

describe('confirmAct', () => {
  it('holds one question at a time', async () => {
    const first = confirmAct(question);
    await expect(confirmAct(question)).resolves.toBe('cancelled');
    cancelConfirmation();
    await expect(first).resolves.toBe('cancelled');
  });

  it('can ask again after an answer', async () => {
    const again = confirmAct(question);
    cancelConfirmation();
    await expect(again).resolves.toBe('cancelled');
  });
});
