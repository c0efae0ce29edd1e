/** A message that the embedded identity server would have sent. */
export interface Message {
  to: string;
  kind: 'email' | 'sms';
  subject: string;
  text: string;
  code?: string;
  link?: string;
  at: string;
}

/** All messages to an address or number, newest first. */
export async function messagesTo(issuer: string, to: string): Promise<Message[]> {
  const answer = await fetch(`${issuer}/outbox.json?${new URLSearchParams({ to })}`);
  if (!answer.ok) throw new Error(`The outbox answered ${answer.status}.`);
  return (await answer.json()) as Message[];
}

/** The newest code sent to an address or number. */
export async function newestCode(issuer: string, to: string): Promise<string> {
  const code = (await messagesTo(issuer, to)).find((message) => message.code)?.code;
  if (!code) throw new Error(`No code was sent to ${to}.`);
  return code;
}
