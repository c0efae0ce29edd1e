/** Why a mail did not go out: nodemailer's code, the SMTP command and the server's three digits (RFC 5321, 4.2.1). */
export interface MailFault {
  readonly code: string;
  readonly command?: string;
  readonly reply?: number;
}

/** What a log may say of it: the server's text repeats addresses, so it stays out. */
export function describeMailFault(error: unknown): MailFault {
  if (!(error instanceof Error)) return { code: 'unknown' };
  const { code, command, responseCode } = Object(error) as Record<string, unknown>;
  return {
    code: typeof code === 'string' ? code : error.name,
    ...(typeof command === 'string' && /^[A-Z ]{1,20}$/.test(command) && { command }),
    ...(typeof responseCode === 'number' && { reply: responseCode }),
  };
}
