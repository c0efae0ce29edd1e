import type { NoticeTexts } from './notice-texts.ts';

export const de: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: 'Authenticator-App',
    u2f: 'Sicherheitsschlüssel',
    otpSms: 'Code per SMS',
    otpEmail: 'Code per E-Mail',
    passkey: 'Passkey',
    recoveryCodes: 'Wiederherstellungscodes',
  },
  user: {
    subject: 'Ihr Helpdesk hat Ihre Anmeldung geändert',
    greeting: (name) => `Guten Tag ${name},`,
    opening: (at) => `der Helpdesk hat am ${at} Ihre Anmeldung zurückgesetzt, weil jemand in Ihrem Namen darum bat.`,
    removed: 'Was entfernt wurde',
    nothingRemoved: 'Es wurde nichts entfernt.',
    sessionsEnded: (count) => `Beendete Sitzungen: ${count}`,
    next: 'Wie es weitergeht',
    follows: {
      none: 'Melden Sie sich mit dem an, was Sie noch haben. Vielleicht werden Sie gebeten, einen zweiten Schritt einzurichten.',
      passwordReset: 'Mit einer weiteren E-Mail kommt ein Code, mit dem Sie ein neues Passwort setzen.',
      passkeyLink: 'Mit einer weiteren E-Mail kommt ein Link, über den Sie einen Passkey registrieren.',
    },
    keptLocked: 'Ihr Konto bleibt vorerst gesperrt. Fragen Sie den Helpdesk, wann es entsperrt wird.',
    notMe: 'Das waren nicht Sie?',
    notMeLink:
      'Dann hat sich vielleicht jemand für Sie ausgegeben. Öffnen Sie diesen Link und drücken Sie dort die Taste: Ihr Konto wird sofort gesperrt. Der Link gilt einmal, 7 Tage lang.',
    notMeCall: 'Dann hat sich vielleicht jemand für Sie ausgegeben. Rufen Sie sofort Ihren Helpdesk an.',
  },
  dispute: {
    subject: 'Jemand sagt: Diese Zurücksetzung war nicht ich',
    opening: (name, agentName, at) =>
      `${name} hat am ${at} angegeben, die von ${agentName} ausgeführte Zurücksetzung nicht verlangt zu haben.`,
    locked: 'Das Konto ist jetzt gesperrt.',
    notLocked: 'Das Konto konnte noch nicht gesperrt werden. Sehen Sie jetzt nach.',
    advice:
      'Vielleicht hat jemand in fremdem Namen angerufen. Rufen Sie unter einer Nummer zurück, die Sie kennen, bevor Sie das Konto entsperren.',
    link: 'Der Fall',
  },
};
