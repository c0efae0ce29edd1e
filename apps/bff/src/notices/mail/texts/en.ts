import type { NoticeTexts } from './notice-texts.ts';

export const en: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: 'Authenticator app',
    u2f: 'Security key',
    otpSms: 'Code by SMS',
    otpEmail: 'Code by email',
    passkey: 'Passkey',
    recoveryCodes: 'Recovery codes',
  },
  user: {
    subject: 'Your help desk changed how you sign in',
    greeting: (name) => `Hello ${name},`,
    opening: (at) => `On ${at} the help desk reset how you sign in, because somebody asked for it in your name.`,
    removed: 'What was removed',
    nothingRemoved: 'Nothing was removed.',
    sessionsEnded: (count) => `Sessions ended: ${count}`,
    next: 'What follows',
    follows: {
      none: 'Sign in with what you still have. You may be asked to set up a second step.',
      passwordReset: 'Another mail comes with a code to set a new password.',
      passkeyLink: 'Another mail comes with a link to register a passkey.',
    },
    keptLocked: 'Your account stays locked for now. Ask the help desk when it will be unlocked.',
    notMe: 'This was not you?',
    notMeLink:
      'Then somebody may have pretended to be you. Open this link and press the button there: your account is locked at once. The link works once, within 7 days.',
    notMeCall: 'Then somebody may have pretended to be you. Call your help desk at once.',
  },
  dispute: {
    subject: 'A person says: this reset was not me',
    opening: (name, agentName, at) => `${name} said on ${at} that they did not ask for the reset done by ${agentName}.`,
    locked: 'The account is locked now.',
    notLocked: 'The account could not be locked yet. Look at it now.',
    advice:
      'Somebody may have called in their name. Call them back on a number you know before you unlock the account.',
    link: 'The case',
  },
};
