import type { NoticeTexts } from './notice-texts.ts';

export const it: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: 'App di autenticazione',
    u2f: 'Chiave di sicurezza',
    otpSms: 'Codice via SMS',
    otpEmail: 'Codice via email',
    passkey: 'Passkey',
    recoveryCodes: 'Codici di recupero',
  },
  user: {
    subject: 'Il tuo help desk ha modificato il tuo accesso',
    greeting: (name) => `Ciao ${name},`,
    opening: (at) =>
      `il giorno ${at} l’help desk ha reimpostato il tuo accesso, perché qualcuno lo ha chiesto a tuo nome.`,
    removed: 'Che cosa è stato rimosso',
    nothingRemoved: 'Non è stato rimosso nulla.',
    sessionsEnded: (count) => `Sessioni terminate: ${count}`,
    next: 'Che cosa succede ora',
    follows: {
      none: 'Accedi con ciò che hai ancora. Ti potrebbe essere chiesto di configurare un secondo passaggio.',
      passwordReset: 'Riceverai un’altra email con un codice per impostare una nuova password.',
      passkeyLink: 'Riceverai un’altra email con un link per registrare una passkey.',
    },
    keptLocked: 'Il tuo account resta bloccato per ora. Chiedi all’help desk quando verrà sbloccato.',
    notMe: 'Non sei stato tu?',
    notMeLink:
      'Allora qualcuno potrebbe essersi spacciato per te. Apri questo link e premi il pulsante: il tuo account viene bloccato subito. Il link funziona una sola volta, entro 7 giorni.',
    notMeCall: 'Allora qualcuno potrebbe essersi spacciato per te. Chiama subito il tuo help desk.',
  },
  dispute: {
    subject: 'Una persona dice: non ho chiesto io questo ripristino',
    opening: (name, agentName, at) =>
      `${name} ha dichiarato il giorno ${at} di non aver chiesto il ripristino eseguito da ${agentName}.`,
    locked: 'L’account ora è bloccato.',
    notLocked: 'Non è stato ancora possibile bloccare l’account. Controllalo ora.',
    advice:
      'Qualcuno potrebbe aver chiamato a suo nome. Richiama la persona a un numero che conosci prima di sbloccare l’account.',
    link: 'Il caso',
  },
};
