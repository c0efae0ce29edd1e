import type { HandlerContext } from '@connectrpc/connect';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import type { CodeMedium } from '../../commands/users/contact-codes.ts';
import {
  type ContactChange,
  changeContact,
  removePhone,
  sendContactCode,
  verifyContact,
} from '../../commands/users/contact-details.ts';
import { skipSecondFactorSetUp } from '../../commands/users/skip-second-factor-set-up.ts';
import type { ContactKind } from '../../domain/contact.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { toMedium, toProof } from '../convert/contact-proof.ts';
import { changedV2 } from '../convert/details.ts';
import { part } from '../service.ts';

/** Addresses and numbers of people, and what they prove by codes, v2. */
export function contactMethods(store: Store) {
  const change = async (
    context: HandlerContext,
    userId: string,
    kind: ContactKind,
    value: string,
    proof: 'verified' | CodeMedium,
  ) => answer(await changeContact(commandContext(store, context), { userId, kind, value, proof }));
  const send = async (context: HandlerContext, userId: string, kind: ContactKind, medium: CodeMedium, again: boolean) =>
    answer(await sendContactCode(commandContext(store, context), { userId, kind, medium, again }));
  const verify = async (context: HandlerContext, userId: string, kind: ContactKind, code: string) => ({
    details: changedV2(await verifyContact(commandContext(store, context), { userId, kind, code })),
  });
  return part(UserService, {
    setEmail: ({ userId, email, verification }, context) =>
      change(context, userId, 'email', email, toProof(verification)),
    resendEmailCode: ({ userId, verification }, context) =>
      send(context, userId, 'email', toMedium(verification), true),
    sendEmailCode: ({ userId, verification }, context) => send(context, userId, 'email', toMedium(verification), false),
    verifyEmail: ({ userId, verificationCode }, context) => verify(context, userId, 'email', verificationCode),

    setPhone: ({ userId, phone, verification }, context) =>
      change(context, userId, 'phone', phone, toProof(verification)),
    resendPhoneCode: ({ userId, verification }, context) =>
      send(context, userId, 'phone', toMedium(verification), true),
    verifyPhone: ({ userId, verificationCode }, context) => verify(context, userId, 'phone', verificationCode),

    async removePhone({ userId }, context) {
      return { details: changedV2(await removePhone(commandContext(store, context), { userId })) };
    },

    async humanMFAInitSkipped({ userId }, context) {
      return { details: changedV2(await skipSecondFactorSetUp(commandContext(store, context), { userId })) };
    },
  });
}

function answer({ details, code }: ContactChange) {
  return { details: changedV2(details), ...(code && { verificationCode: code }) };
}
