import type { HandlerContext } from '@connectrpc/connect';
import { AuthService, type VerifyMyAuthFactorU2FRequest } from '@zitadel/proto/zitadel/auth_pb.js';
import { addOtpEmail, addOtpSms } from '../../commands/factors/one-time-codes.ts';
import { startTotp, verifyTotp } from '../../commands/factors/totp.ts';
import { startWebAuthnRegistration, verifyWebAuthnRegistration } from '../../commands/factors/webauthn-registration.ts';
import { invalidArgument, notFound } from '../../domain/errors.ts';
import type { WebAuthnKind } from '../../domain/factors.ts';
import { loadFactors } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { addedV1, changedV1 } from '../convert/details.ts';
import { hostOf } from '../convert/host.ts';
import { part } from '../service.ts';

type Verification = VerifyMyAuthFactorU2FRequest['verification'];

/** People set their own factors up, v1. */
export function ownFactorSetUp(store: Store) {
  const start = async (context: HandlerContext, kind: WebAuthnKind) => {
    const input = { userId: callerOf(context).userId, kind, rpId: hostOf(context.url) };
    const { options, details } = await startWebAuthnRegistration(commandContext(store, context), input);
    return { key: { publicKey: new TextEncoder().encode(JSON.stringify(options)) }, details: addedV1(details) };
  };
  // v1 names no token: it is the one that was begun last.
  const verify = async (context: HandlerContext, kind: WebAuthnKind, verification: Verification) => {
    const { userId } = callerOf(context);
    const begun = (await loadFactors(store.db, userId)).filter((each) => each.kind === kind && each.state !== 'ready');
    const token = begun.at(-1);
    if (!token) throw notFound('COMMAND-4M9fs', 'Errors.User.WebAuthN.NotFound');
    const details = await verifyWebAuthnRegistration(commandContext(store, context), {
      userId,
      kind,
      tokenId: token.token_id,
      name: verification?.tokenName ?? '',
      credential: parse(verification?.publicKeyCredential),
    });
    return { details: changedV1(details) };
  };
  return part(AuthService, {
    async addMyAuthFactorOTP(_request, context) {
      const { userId } = callerOf(context);
      const { details, secret, uri } = await startTotp(commandContext(store, context), { userId });
      return { url: uri, secret, details: addedV1(details) };
    },

    async verifyMyAuthFactorOTP({ code }, context) {
      const { userId } = callerOf(context);
      return { details: changedV1(await verifyTotp(commandContext(store, context), { userId, code })) };
    },

    async addMyAuthFactorOTPEmail(_request, context) {
      const { userId } = callerOf(context);
      return { details: addedV1(await addOtpEmail(commandContext(store, context), { userId })) };
    },

    async addMyAuthFactorOTPSMS(_request, context) {
      const { userId } = callerOf(context);
      return { details: addedV1(await addOtpSms(commandContext(store, context), { userId })) };
    },

    addMyAuthFactorU2F: (_request, context) => start(context, 'u2f'),
    verifyMyAuthFactorU2F: ({ verification }, context) => verify(context, 'u2f', verification),
    addMyPasswordless: (_request, context) => start(context, 'passkey'),
    verifyMyPasswordless: ({ verification }, context) => verify(context, 'passkey', verification),
  });
}

/** @throws DomainError COMMAND-Ms9fa for what is no JSON. */
function parse(credential: Uint8Array | undefined): object {
  try {
    return JSON.parse(new TextDecoder().decode(credential)) as object;
  } catch {
    throw invalidArgument('COMMAND-Ms9fa', 'Errors.User.WebAuthN.ErrorOnParseCredential');
  }
}
