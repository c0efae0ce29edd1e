import type { NoticeTexts } from './notice-texts.ts';

export const es: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: 'Aplicación de autenticación',
    u2f: 'Llave de seguridad',
    otpSms: 'Código por SMS',
    otpEmail: 'Código por correo',
    passkey: 'Clave de acceso',
    recoveryCodes: 'Códigos de recuperación',
  },
  user: {
    subject: 'Su servicio de asistencia ha cambiado su inicio de sesión',
    greeting: (name) => `Hola, ${name}:`,
    opening: (at) =>
      `El ${at} el servicio de asistencia restableció su inicio de sesión, porque alguien lo pidió en su nombre.`,
    removed: 'Lo que se eliminó',
    nothingRemoved: 'No se eliminó nada.',
    sessionsEnded: (count) => `Sesiones finalizadas: ${count}`,
    next: 'Qué sigue',
    follows: {
      none: 'Inicie sesión con lo que aún tiene. Es posible que se le pida configurar un segundo paso.',
      passwordReset: 'Otro correo le traerá un código para establecer una contraseña nueva.',
      passkeyLink: 'Otro correo le traerá un enlace para registrar una clave de acceso.',
    },
    keptLocked: 'Su cuenta sigue bloqueada por ahora. Pregunte al servicio de asistencia cuándo se desbloqueará.',
    notMe: '¿No fue usted?',
    notMeLink:
      'Entonces alguien puede haberse hecho pasar por usted. Abra este enlace y pulse el botón: su cuenta se bloquea de inmediato. El enlace funciona una sola vez, durante 7 días.',
    notMeCall: 'Entonces alguien puede haberse hecho pasar por usted. Llame de inmediato a su servicio de asistencia.',
  },
  dispute: {
    subject: 'Una persona dice: este restablecimiento no lo pedí yo',
    opening: (name, agentName, at) =>
      `${name} indicó el ${at} que no pidió el restablecimiento realizado por ${agentName}.`,
    locked: 'La cuenta ya está bloqueada.',
    notLocked: 'La cuenta aún no se ha podido bloquear. Revísela ahora.',
    advice:
      'Puede que alguien haya llamado en su nombre. Devuelva la llamada a un número que conozca antes de desbloquear la cuenta.',
    link: 'El caso',
  },
};
