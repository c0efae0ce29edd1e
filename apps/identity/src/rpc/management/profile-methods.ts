import type { HandlerContext } from '@connectrpc/connect';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { changeProfile } from '../../commands/users/change-human-user.ts';
import { changeMachineUser, changeUsername } from '../../commands/users/change-machine-user.ts';
import { changeContact, removePhone, sendContactCode } from '../../commands/users/contact-details.ts';
import { requestPasswordReset, setPassword } from '../../commands/users/password-reset.ts';
import type { ContactKind } from '../../domain/contact.ts';
import { notFound } from '../../domain/errors.ts';
import { loadUser } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { changedV1, rowDetailsV1 } from '../convert/details.ts';
import { fromProfileV1, toEmailV1, toPhoneV1, toProfileV1 } from '../convert/user-v1.ts';
import { part } from '../service.ts';

/** What is known of people and machines of the context's organisation, v1, piece by piece. */
export function managementProfiles(store: Store, links?: { readonly password: string }) {
  const find = async (userId: string, context: HandlerContext, missing: readonly [string, string]) => {
    const row = await loadUser(store.db, userId);
    if (row?.kind !== 'human' || row.organisation_id !== contextOrganisation(context)) throw notFound(...missing);
    return { row, details: rowDetailsV1(row, row.organisation_id) };
  };
  const inContext = (context: HandlerContext) => ({ resourceOwner: contextOrganisation(context) });
  const change = async (
    context: HandlerContext,
    input: { readonly userId: string; readonly kind: ContactKind; readonly value: string },
    verified: boolean,
  ) => {
    const proof = verified ? ('verified' as const) : ({ kind: 'send' } as const);
    const changed = await changeContact(commandContext(store, context), { ...input, ...inContext(context), proof });
    return { details: changedV1(changed.details) };
  };
  const resend = async (context: HandlerContext, userId: string, kind: ContactKind) => {
    const input = { userId, kind, ...inContext(context), medium: { kind: 'send' }, again: false } as const;
    return { details: changedV1((await sendContactCode(commandContext(store, context), input)).details) };
  };
  const password = async (context: HandlerContext, userId: string, text: string, changeRequired: boolean) => {
    const input = { userId, password: text, changeRequired, ...inContext(context) };
    return { details: changedV1(await setPassword(commandContext(store, context), input)) };
  };
  return part(ManagementService, {
    async updateUserName({ userId, userName: username }, context) {
      const input = { userId, username, ...inContext(context) };
      return { details: changedV1(await changeUsername(commandContext(store, context), input)) };
    },

    async getHumanProfile({ userId }, context) {
      const { row, details } = await find(userId, context, ['QUERY-Dfbg2', 'Errors.User.NotFound']);
      return { details, profile: toProfileV1(row) };
    },

    async updateHumanProfile({ userId, ...request }, context) {
      const input = { userId, profile: fromProfileV1(request), ...inContext(context) };
      return { details: changedV1(await changeProfile(commandContext(store, context), input)) };
    },

    async getHumanEmail({ userId }, context) {
      const { row, details } = await find(userId, context, ['QUERY-BHhj2', 'Errors.User.NotFound']);
      return { details, email: toEmailV1(row) };
    },

    updateHumanEmail: ({ userId, email: value, isEmailVerified }, context) =>
      change(context, { userId, kind: 'email', value }, isEmailVerified),
    resendHumanEmailVerification: ({ userId }, context) => resend(context, userId, 'email'),

    async getHumanPhone({ userId }, context) {
      const { row, details } = await find(userId, context, ['QUERY-DHhj2', 'Errors.User.NotFound']);
      return { details, phone: toPhoneV1(row) };
    },

    updateHumanPhone: ({ userId, phone: value, isPhoneVerified }, context) =>
      change(context, { userId, kind: 'phone', value }, isPhoneVerified),
    resendHumanPhoneVerification: ({ userId }, context) => resend(context, userId, 'phone'),

    async removeHumanPhone({ userId }, context) {
      return {
        details: changedV1(await removePhone(commandContext(store, context), { userId, ...inContext(context) })),
      };
    },

    setHumanInitialPassword: ({ userId, password: text }, context) => password(context, userId, text, true),
    setHumanPassword: ({ userId, password: text, noChangeRequired }, context) =>
      password(context, userId, text, !noChangeRequired),

    async sendHumanResetPasswordNotification({ userId, type }, context) {
      const medium = { kind: type === 1 ? 'sms' : 'email', ...(links && { urlTemplate: links.password }) } as const;
      const input = { userId, medium, ...inContext(context) };
      return { details: changedV1((await requestPasswordReset(commandContext(store, context), input)).details) };
    },

    async updateMachine({ userId, ...change }, context) {
      const { name, description, accessTokenType } = change;
      const input = { userId, change: { name, description, accessTokenType }, ...inContext(context) };
      return { details: changedV1(await changeMachineUser(commandContext(store, context), input)) };
    },
  });
}
