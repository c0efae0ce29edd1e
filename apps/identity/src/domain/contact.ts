import { type DomainError, failedPrecondition, invalidArgument, notFound } from './errors.ts';
import type { ApiVersion } from './user.ts';

/** How a person is reached. */
export type ContactKind = 'email' | 'phone';

type Refusal = () => DomainError;

/** What each act on an address is refused with, in the versions' own ids. */
interface Refusals {
  readonly unknown: Refusal;
  /** Absent where a person who has yet to begin is no exception. */
  readonly initial?: Refusal;
  readonly unchanged: Refusal;
  /** A code is asked for, for somebody who is not there, or has no number. */
  readonly nobodyToSendTo: Refusal;
  readonly noNumber: Refusal;
  readonly notInitialised?: Refusal;
  readonly nothingToProve: Refusal;
  readonly noCode: Refusal;
  readonly wrongCode: Refusal;
}

const NOT_INITIALISED = 'Errors.User.NotInitialised';
const NO_CODE = 'Errors.User.Code.NotFound';
const WRONG_CODE = 'Errors.User.Code.Invalid';

const v2 = (kind: 'Email' | 'Phone', resendId: string): Refusals => {
  const unknown = () => notFound('COMMAND-ieJ2e', `Errors.User.${kind}.NotFound`);
  const initial = () => failedPrecondition('COMMAND-uz0Uu', NOT_INITIALISED);
  const wrong = () => invalidArgument('COMMAND-eis9R', WRONG_CODE);
  return {
    unknown,
    initial,
    unchanged: () => failedPrecondition('COMMAND-Uch5e', `Errors.User.${kind}.NotChanged`),
    nobodyToSendTo: unknown,
    noNumber: () => failedPrecondition(resendId, 'Errors.User.Code.Empty'),
    notInitialised: initial,
    nothingToProve: () => failedPrecondition(resendId, 'Errors.User.Code.Empty'),
    noCode: wrong,
    wrongCode: wrong,
  };
};

/** ZITADEL's ids. v2 sends a code again only where one waits; v1 for every address that is not verified. */
export const CONTACT_REFUSALS: Readonly<Record<ApiVersion, Readonly<Record<ContactKind, Refusals>>>> = {
  v2: { email: v2('Email', 'EMAIL-5w5ilin4yt'), phone: v2('Phone', 'PHONE-5xrra88eq8') },
  v1: {
    email: {
      unknown: () => failedPrecondition('COMMAND-0Pe4r', 'Errors.User.Email.NotFound'),
      initial: () => failedPrecondition('COMMAND-J8dsk', NOT_INITIALISED),
      unchanged: () => failedPrecondition('COMMAND-2b7fM', 'Errors.User.Email.NotChanged'),
      nobodyToSendTo: () => notFound('COMMAND-0Pe4r', 'Errors.User.Email.NotFound'),
      noNumber: () => notFound('COMMAND-0Pe4r', 'Errors.User.Email.NotFound'),
      notInitialised: () => failedPrecondition('COMMAND-E3fbw', NOT_INITIALISED),
      nothingToProve: () => failedPrecondition('COMMAND-3M9ds', 'Errors.User.Email.AlreadyVerified'),
      noCode: () => notFound('COMMAND-3n8ud', NO_CODE),
      wrongCode: () => invalidArgument('COMMAND-Gdsgs', WRONG_CODE),
    },
    phone: {
      unknown: () => failedPrecondition('COMMAND-3M0fs', 'Errors.User.NotFound'),
      unchanged: () => failedPrecondition('COMMAND-wF94r', 'Errors.User.Phone.NotChanged'),
      nobodyToSendTo: () => failedPrecondition('COMMAND-2M0fs', 'Errors.User.NotFound'),
      noNumber: () => notFound('COMMAND-2b7Hf', 'Errors.User.Phone.NotFound'),
      nothingToProve: () => failedPrecondition('COMMAND-2M9sf', 'Errors.User.Phone.AlreadyVerified'),
      noCode: () => notFound('COMMAND-Rsj8c', NO_CODE),
      wrongCode: () => invalidArgument('COMMAND-sM0cs', WRONG_CODE),
    },
  },
};
