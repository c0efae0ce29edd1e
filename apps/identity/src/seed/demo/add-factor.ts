import { TOTP } from 'otpauth';
import type { CommandContext } from '../../commands/context.ts';
import { addOtpEmail, addOtpSms } from '../../commands/factors/one-time-codes.ts';
import { startTotp, verifyTotp } from '../../commands/factors/totp.ts';
import { startWebAuthnRegistration, verifyWebAuthnRegistration } from '../../commands/factors/webauthn-registration.ts';
import type { WebAuthnKind } from '../../domain/factors.ts';
import type { DemoFactor } from './demo-people.ts';
import { registerInSoftware } from './software-authenticator.ts';

/** A factor as `people.json` lists it. */
export type FactorEntry =
  | { readonly kind: 'totp' /** Base32. */; readonly secret: string }
  | { readonly kind: 'otpEmail' | 'otpSms'; readonly to: string }
  | {
      readonly kind: WebAuthnKind;
      readonly id: string;
      readonly name: string;
      /** Base64url. */
      readonly credentialId: string;
      /** PKCS#8, base64. */
      readonly privateKey: string;
      readonly rpId: string;
      readonly signCount: number;
    };

interface FactorInput {
  readonly userId: string;
  readonly factor: DemoFactor;
  /** Origin of the sign-in pages. */
  readonly origin: string;
}

/** Sets a factor up as its owner would: an app shows a first code, a key answers a registration. */
export async function addFactor(
  context: CommandContext,
  input: FactorInput & { readonly email: string; readonly phone: string },
): Promise<FactorEntry> {
  const { userId } = input;
  const { kind, name } = partsOf(input.factor);
  switch (kind) {
    case 'totp': {
      const { secret } = await startTotp(context, { userId });
      await verifyTotp(context, { userId, code: new TOTP({ secret }).generate() });
      return { kind, secret };
    }
    case 'otpEmail':
      await addOtpEmail(context, { userId });
      return { kind, to: input.email };
    case 'otpSms':
      await addOtpSms(context, { userId });
      return { kind, to: input.phone };
    case 'u2f':
    case 'passkey': {
      const rpId = new URL(input.origin).hostname;
      const { tokenId, options } = await startWebAuthnRegistration(context, { userId, kind, rpId });
      const key = registerInSoftware({ challenge: String(options.publicKey.challenge), rpId, origin: input.origin });
      await verifyWebAuthnRegistration(context, { userId, kind, tokenId, name, credential: key.registration });
      const { credentialId, privateKey } = key;
      return { kind, id: tokenId, name, credentialId, privateKey, rpId, signCount: 0 };
    }
  }
}

/** Begins a factor and leaves it there, as people do. Codes have no such state. */
export async function beginFactor(context: CommandContext, input: FactorInput): Promise<void> {
  const { userId } = input;
  const { kind } = partsOf(input.factor);
  switch (kind) {
    case 'totp':
      await startTotp(context, { userId });
      return;
    case 'u2f':
    case 'passkey':
      await startWebAuthnRegistration(context, { userId, kind, rpId: new URL(input.origin).hostname });
      return;
    case 'otpEmail':
    case 'otpSms':
      throw new Error(`${kind} cannot be half set up`);
  }
}

type Kind = FactorEntry['kind'];

function partsOf(factor: DemoFactor): { readonly kind: Kind; readonly name: string } {
  const [kind, ...name] = factor.split(' ');
  return { kind: kind as Kind, name: name.join(' ') };
}
