import type { HandlerContext } from '@connectrpc/connect';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { changeProfile } from '../../commands/users/change-human-user.ts';
import { changeUsername } from '../../commands/users/change-machine-user.ts';
import { changeContact, removePhone, sendContactCode, verifyContact } from '../../commands/users/contact-details.ts';
import { setPassword } from '../../commands/users/password-reset.ts';
import { removeUser } from '../../commands/users/remove-user.ts';
import type { ContactKind } from '../../domain/contact.ts';
import { notFound } from '../../domain/errors.ts';
import { loadUser } from '../../store/load.ts';
import { loadLoginPolicy } from '../../store/login-policy-queries.ts';
import type { Store } from '../../store/open-store.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { changedV1, listV1, rowDetailsV1 } from '../convert/details.ts';
import { toLoginPolicyV1 } from '../convert/login-policy-v1.ts';
import { listMetadata, toMetadataV1 } from '../convert/metadata.ts';
import { toPaging } from '../convert/paging.ts';
import { fromProfileV1, toEmailV1, toPhoneV1, toProfileV1 } from '../convert/user-v1.ts';
import { part } from '../service.ts';

const SEND = { kind: 'send' } as const;

/** What people see and change of themselves, v1. */
export function ownDetails(store: Store) {
  const own = (context: HandlerContext) => {
    const { userId, organisationId } = callerOf(context);
    return { userId, resourceOwner: organisationId };
  };
  const find = async (context: HandlerContext) => {
    const row = await loadUser(store.db, callerOf(context).userId);
    if (row?.kind !== 'human') throw notFound('QUERY-Dfbg2', 'Errors.User.NotFound');
    return { row, details: rowDetailsV1(row, row.organisation_id) };
  };
  const change = async (context: HandlerContext, kind: ContactKind, value: string) => {
    const input = { ...own(context), kind, value, proof: SEND };
    return { details: changedV1((await changeContact(commandContext(store, context), input)).details) };
  };
  const resend = async (context: HandlerContext, kind: ContactKind) => {
    const input = { ...own(context), kind, medium: SEND, again: false };
    return { details: changedV1((await sendContactCode(commandContext(store, context), input)).details) };
  };
  const verify = async (context: HandlerContext, kind: ContactKind, code: string) => {
    const input = { ...own(context), kind, code };
    return { details: changedV1(await verifyContact(commandContext(store, context), input)) };
  };
  return part(AuthService, {
    async getMyProfile(_request, context) {
      const { row, details } = await find(context);
      return { details, profile: toProfileV1(row) };
    },

    async updateMyProfile(request, context) {
      const input = { ...own(context), profile: fromProfileV1(request) };
      return { details: changedV1(await changeProfile(commandContext(store, context), input)) };
    },

    async updateMyUserName({ userName: username }, context) {
      const input = { ...own(context), username };
      return { details: changedV1(await changeUsername(commandContext(store, context), input)) };
    },

    async updateMyPassword({ oldPassword: currentPassword, newPassword: password }, context) {
      const input = { ...own(context), currentPassword, password };
      return { details: changedV1(await setPassword(commandContext(store, context), input)) };
    },

    async getMyEmail(_request, context) {
      const { row, details } = await find(context);
      return { details, email: toEmailV1(row) };
    },

    setMyEmail: ({ email }, context) => change(context, 'email', email),
    verifyMyEmail: ({ code }, context) => verify(context, 'email', code),
    resendMyEmailVerification: (_request, context) => resend(context, 'email'),

    async getMyPhone(_request, context) {
      const { row, details } = await find(context);
      return { details, phone: toPhoneV1(row) };
    },

    setMyPhone: ({ phone }, context) => change(context, 'phone', phone),
    verifyMyPhone: ({ code }, context) => verify(context, 'phone', code),
    resendMyPhoneVerification: (_request, context) => resend(context, 'phone'),

    async removeMyPhone(_request, context) {
      return { details: changedV1(await removePhone(commandContext(store, context), own(context))) };
    },

    async removeMyUser(_request, context) {
      return { details: changedV1(await removeUser(commandContext(store, context), own(context))) };
    },

    async getMyLoginPolicy(_request, context) {
      return { policy: toLoginPolicyV1(await loadLoginPolicy(store.db, callerOf(context).organisationId)) };
    },

    async listMyMetadata({ query, queries }, context) {
      const asked = queries.map((each) => each.query);
      const { total, rows } = await listMetadata(store.db, callerOf(context).userId, asked, toPaging(query));
      return { details: listV1(total), result: rows.map(toMetadataV1) };
    },

    async getMyMetadata({ key }, context) {
      const { rows } = await listMetadata(
        store.db,
        callerOf(context).userId,
        [{ value: { key, method: 0 } }],
        toPaging(undefined),
      );
      const [row] = rows;
      if (!row) throw notFound('QUERY-Rgh32', 'Errors.Metadata.NotFound');
      return { metadata: toMetadataV1(row) };
    },
  });
}
