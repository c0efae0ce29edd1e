import type { NoticeTexts } from './notice-texts.ts';

export const pt: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: 'Aplicativo autenticador',
    u2f: 'Chave de segurança',
    otpSms: 'Código por SMS',
    otpEmail: 'Código por e-mail',
    passkey: 'Chave de acesso',
    recoveryCodes: 'Códigos de recuperação',
  },
  user: {
    subject: 'O suporte alterou a forma como você entra',
    greeting: (name) => `Olá, ${name},`,
    opening: (at) => `em ${at}, o suporte redefiniu a forma como você entra, porque alguém pediu isso em seu nome.`,
    removed: 'O que foi removido',
    nothingRemoved: 'Nada foi removido.',
    sessionsEnded: (count) => `Sessões encerradas: ${count}`,
    next: 'O que vem a seguir',
    follows: {
      none: 'Entre com o que você ainda tem. Talvez seja pedido que configure uma segunda etapa.',
      passwordReset: 'Outro e-mail trará um código para definir uma nova senha.',
      passkeyLink: 'Outro e-mail trará um link para registrar uma chave de acesso.',
    },
    keptLocked: 'Sua conta continua bloqueada por enquanto. Pergunte ao suporte quando será desbloqueada.',
    notMe: 'Não foi você?',
    notMeLink:
      'Então alguém pode ter se passado por você. Abra este link e pressione o botão: sua conta é bloqueada na hora. O link funciona uma única vez, durante 7 dias.',
    notMeCall: 'Então alguém pode ter se passado por você. Ligue para o suporte imediatamente.',
  },
  dispute: {
    subject: 'Uma pessoa diz: não fui eu que pedi esta redefinição',
    opening: (name, agentName, at) => `${name} informou em ${at} que não pediu a redefinição feita por ${agentName}.`,
    locked: 'A conta está bloqueada agora.',
    notLocked: 'A conta ainda não pôde ser bloqueada. Verifique agora.',
    advice:
      'Alguém pode ter ligado em nome dessa pessoa. Ligue de volta para um número que você conhece antes de desbloquear a conta.',
    link: 'O caso',
  },
};
