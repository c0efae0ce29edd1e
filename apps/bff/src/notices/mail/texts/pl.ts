import type { NoticeTexts } from './notice-texts.ts';

export const pl: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: 'Aplikacja uwierzytelniająca',
    u2f: 'Klucz bezpieczeństwa',
    otpSms: 'Kod SMS',
    otpEmail: 'Kod e-mail',
    passkey: 'Klucz dostępu',
    recoveryCodes: 'Kody odzyskiwania',
  },
  user: {
    subject: 'Dział pomocy zmienił sposób Twojego logowania',
    greeting: (name) => `Dzień dobry, ${name}!`,
    opening: (at) =>
      `Dział pomocy zresetował sposób Twojego logowania (${at}), ponieważ ktoś poprosił o to w Twoim imieniu.`,
    removed: 'Co usunięto',
    nothingRemoved: 'Niczego nie usunięto.',
    sessionsEnded: (count) => `Zakończone sesje: ${count}`,
    next: 'Co dalej',
    follows: {
      none: 'Zaloguj się tym, co Ci zostało. Możliwe, że pojawi się prośba o skonfigurowanie drugiego kroku.',
      passwordReset: 'W osobnej wiadomości przyjdzie kod do ustawienia nowego hasła.',
      passkeyLink: 'W osobnej wiadomości przyjdzie link do zarejestrowania klucza dostępu.',
    },
    keptLocked: 'Twoje konto pozostaje na razie zablokowane. Zapytaj dział pomocy, kiedy zostanie odblokowane.',
    notMe: 'To nie Ty?',
    notMeLink:
      'W takim razie ktoś mógł się pod Ciebie podszyć. Otwórz ten link i naciśnij przycisk: Twoje konto zostanie natychmiast zablokowane. Link działa jeden raz, przez 7 dni.',
    notMeCall: 'W takim razie ktoś mógł się pod Ciebie podszyć. Zadzwoń natychmiast do działu pomocy.',
  },
  dispute: {
    subject: 'Zgłoszenie: „to nie ja” – zakwestionowany reset',
    opening: (name, agentName, at) =>
      `Zgłoszenie (${at}): ${name} – ta osoba nie prosiła o reset, który przeprowadza ${agentName}.`,
    locked: 'Konto jest teraz zablokowane.',
    notLocked: 'Konta nie udało się jeszcze zablokować. Sprawdź je teraz.',
    advice: 'Ktoś mógł zadzwonić w cudzym imieniu. Przed odblokowaniem konta oddzwoń na znany Ci numer.',
    link: 'Sprawa',
  },
};
