import type { NoticeTexts } from './notice-texts.ts';

export const ja: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: '認証アプリ',
    u2f: 'セキュリティキー',
    otpSms: 'SMS のコード',
    otpEmail: 'メールのコード',
    passkey: 'パスキー',
    recoveryCodes: 'リカバリーコード',
  },
  user: {
    subject: 'ヘルプデスクがあなたのサインイン方法を変更しました',
    greeting: (name) => `${name} 様`,
    opening: (at) => `${at} に、あなたの名前での依頼を受けて、ヘルプデスクがサインイン方法をリセットしました。`,
    removed: '削除されたもの',
    nothingRemoved: '削除されたものはありません。',
    sessionsEnded: (count) => `終了したセッション: ${count}`,
    next: '今後の流れ',
    follows: {
      none: 'お手元に残っている方法でサインインしてください。2 段階目の設定を求められることがあります。',
      passwordReset: '新しいパスワードを設定するためのコードが別のメールで届きます。',
      passkeyLink: 'パスキーを登録するためのリンクが別のメールで届きます。',
    },
    keptLocked: 'アカウントは当面ロックされたままです。いつ解除されるかはヘルプデスクにお問い合わせください。',
    notMe: 'お心当たりがありませんか?',
    notMeLink:
      '誰かがあなたになりすました可能性があります。このリンクを開いてボタンを押すと、アカウントは直ちにロックされます。リンクは 7 日以内に 1 回だけ使えます。',
    notMeCall: '誰かがあなたになりすました可能性があります。すぐにヘルプデスクへ電話してください。',
  },
  dispute: {
    subject: '「自分ではない」との申し出: リセットに異議があります',
    opening: (name, agentName, at) =>
      `${name} さんが ${at} に、${agentName} さんが行ったリセットは自分が依頼したものではないと申し出ました。`,
    locked: 'アカウントは現在ロックされています。',
    notLocked: 'アカウントはまだロックできていません。すぐに確認してください。',
    advice: '誰かが本人の名前で電話した可能性があります。ロックを解除する前に、把握している番号にかけ直してください。',
    link: 'ケース',
  },
};
