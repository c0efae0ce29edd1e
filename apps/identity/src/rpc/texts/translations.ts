import type { Texts } from '../errors/translate.ts';

/** Texts in other languages than English, by ZITADEL's keys; a key that is missing is answered in English. */
export const TRANSLATIONS: Texts = {
  en: {},
  de: {
    'Errors.Instance.LoginPolicy.MFA.NotExisting': 'Multifaktor existiert nicht',
    'Errors.Org.LoginPolicy.MFA.NotExisting': 'Multifaktor existiert nicht',
    'Errors.User.MFA.OTP.NotExisting': 'Multifaktor OTP (OneTimePassword) existiert nicht',
    'Errors.User.NotFound': 'Benutzer konnte nicht gefunden werden',
    'Errors.User.WebAuthN.NotFound': 'WebAuthN Token konnte nicht gefunden werden',
  },
  fr: {
    'Errors.Instance.LoginPolicy.MFA.NotExisting': 'Multifacteur non existant',
    'Errors.Org.LoginPolicy.MFA.NotExisting': 'Multifacteur non existant',
    'Errors.User.MFA.OTP.NotExisting': "OTP multifactoriel (mot de passe à usage unique) n'existe pas.",
    'Errors.User.NotFound': "L'utilisateur n'a pas été trouvé",
    'Errors.User.WebAuthN.NotFound': "Le jeton WebAuthN n'a pas été trouvé",
  },
  ja: {
    'Errors.Instance.LoginPolicy.MFA.NotExisting': '存在しないMFAです',
    'Errors.Org.LoginPolicy.MFA.NotExisting': '存在しないMFAです',
    'Errors.User.MFA.OTP.NotExisting': '多要素OTP（ワンタイムパスワード）が存在しません',
    'Errors.User.NotFound': 'ユーザーが見つかりません',
    'Errors.User.WebAuthN.NotFound': 'WebAuthNトークンが見つかりません',
  },
};
