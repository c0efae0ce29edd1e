import type { NoticeTexts } from './notice-texts.ts';

export const zh: NoticeTexts = {
  direction: 'ltr',
  factors: {
    totp: '身份验证器应用',
    u2f: '安全密钥',
    otpSms: '短信验证码',
    otpEmail: '邮件验证码',
    passkey: '通行密钥',
    recoveryCodes: '恢复代码',
  },
  user: {
    subject: '帮助台更改了您的登录方式',
    greeting: (name) => `${name}，您好：`,
    opening: (at) => `${at}，有人以您的名义提出请求，帮助台因此重置了您的登录方式。`,
    removed: '已移除的内容',
    nothingRemoved: '没有移除任何内容。',
    sessionsEnded: (count) => `已结束的会话：${count}`,
    next: '接下来',
    follows: {
      none: '请用您仍有的方式登录。系统可能会要求您设置第二步验证。',
      passwordReset: '您将收到另一封邮件，其中有用于设置新密码的代码。',
      passkeyLink: '您将收到另一封邮件，其中有用于注册通行密钥的链接。',
    },
    keptLocked: '您的账户目前仍被锁定。请向帮助台询问何时解锁。',
    notMe: '不是您本人？',
    notMeLink:
      '那么可能有人冒充了您。请打开此链接并按下按钮，您的账户将立即被锁定。该链接在 7 天内有效，只能使用一次。',
    notMeCall: '那么可能有人冒充了您。请立即致电帮助台。',
  },
  dispute: {
    subject: '有人表示：这次重置不是我本人要求的',
    opening: (name, agentName, at) => `${name} 于 ${at} 表示，由 ${agentName} 执行的重置并非其本人要求。`,
    locked: '该账户现已锁定。',
    notLocked: '该账户尚未能锁定。请立即查看。',
    advice: '可能有人冒名来电。解锁账户之前，请用您已知的号码回拨给本人。',
    link: '案例',
  },
};
