import { isLocalHost } from '@latchkey/env/variables';
import { createTransport } from 'nodemailer';

/** A mail, composed. All of it is text of ours; names in it are cleaned and escaped where it was composed. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
  /** The same for each try, so that a mail that arrives twice can be seen to be one. */
  readonly messageId: string;
}

export interface MailSender {
  /** Resolves when the server has taken the mail. @throws Error when it has not, or it is not known. */
  send(mail: Mail): Promise<void>;
}

/** Milliseconds; a try has to be over before another process takes the mail for abandoned. */
const limits = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000, dnsTimeout: 5_000 };

/**
 * Sends by the operator's mail server. Beyond the own network mail goes encrypted or not at all: with `smtp://` STARTTLS is
 * required (RFC 3207), as a server in between could else leave it out.
 *
 * @param smtpUrl `smtp://` or `smtps://`, with name and password in it if need be; undefined when there is none.
 * @param from the sender, as `Name <address>`.
 */
export function createMailSender(smtpUrl: string | undefined, from: string): MailSender | null {
  if (smtpUrl === undefined) return null;
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const local = isLocalHost(url.hostname);
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !local,
    // Where the clear would do, a certificate of one's own making is no worse.
    ...(local && !secure && { tls: { rejectUnauthorized: false } }),
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...limits,
  });
  return {
    send: async ({ to, language, ...mail }) => {
      await transport.sendMail({
        ...mail,
        from,
        to: { name: '', address: to },
        // RFC 3834: nobody's holiday notice answers it.
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      });
    },
  };
}
