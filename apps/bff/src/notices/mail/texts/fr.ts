import type { NoticeTexts } from './notice-texts.ts';

export const fr: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: 'Application d’authentification',
    u2f: 'Clé de sécurité',
    otpSms: 'Code par SMS',
    otpEmail: 'Code par e-mail',
    passkey: 'Clé d’accès',
    recoveryCodes: 'Codes de récupération',
  },
  user: {
    subject: 'Votre service d’assistance a modifié votre connexion',
    greeting: (name) => `Bonjour ${name},`,
    opening: (at) =>
      `le ${at}, le service d’assistance a réinitialisé votre connexion, car quelqu’un l’a demandé en votre nom.`,
    removed: 'Ce qui a été retiré',
    nothingRemoved: 'Rien n’a été retiré.',
    sessionsEnded: (count) => `Sessions terminées : ${count}`,
    next: 'La suite',
    follows: {
      none: 'Connectez-vous avec ce qu’il vous reste. Il se peut que l’on vous demande de configurer une deuxième étape.',
      passwordReset: 'Un autre e-mail vous apportera un code pour définir un nouveau mot de passe.',
      passkeyLink: 'Un autre e-mail vous apportera un lien pour enregistrer une clé d’accès.',
    },
    keptLocked:
      'Votre compte reste verrouillé pour l’instant. Demandez au service d’assistance quand il sera déverrouillé.',
    notMe: 'Ce n’était pas vous ?',
    notMeLink:
      'Quelqu’un s’est peut-être fait passer pour vous. Ouvrez ce lien et appuyez sur le bouton : votre compte est verrouillé aussitôt. Le lien fonctionne une seule fois, pendant 7 jours.',
    notMeCall: 'Quelqu’un s’est peut-être fait passer pour vous. Appelez tout de suite votre service d’assistance.',
  },
  dispute: {
    subject: 'Une personne dit : cette réinitialisation ne vient pas de moi',
    opening: (name, agentName, at) =>
      `${name} a indiqué le ${at} ne pas avoir demandé la réinitialisation effectuée par ${agentName}.`,
    locked: 'Le compte est maintenant verrouillé.',
    notLocked: 'Le compte n’a pas encore pu être verrouillé. Occupez-vous-en maintenant.',
    advice:
      'Quelqu’un a peut-être appelé en son nom. Rappelez la personne à un numéro que vous connaissez avant de déverrouiller le compte.',
    link: 'Le dossier',
  },
};
