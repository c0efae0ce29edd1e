import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as its receiver reads it. */
export interface ReceivedMail {
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly raw: string;
}

/** A mail server on a free port of the loopback interface. */
export interface MailReceiver {
  readonly port: number;
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** How many mails were begun, taken or not. */
  readonly tries: () => number;
  /** What it does with the next mails: takes them, refuses them, or says nothing. */
  behaviour: 'take' | 'refuse' | 'hang';
  stop(): Promise<void>;
}

/** @param startTls whether it offers STARTTLS, with a certificate of its own making. */
export async function startMailReceiver({ startTls = false } = {}): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  let tries = 0;
  const receiver: { behaviour: MailReceiver['behaviour'] } = { behaviour: 'take' };
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    closeTimeout: 100,
    disabledCommands: startTls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    onMailFrom: (_address, _session, callback) => {
      tries += 1;
      if (receiver.behaviour === 'hang') return;
      const refusal = Object.assign(new Error('not now, ada@example.org'), { responseCode: 451 });
      callback(receiver.behaviour === 'refuse' ? refusal : null);
    },
    onData: async (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const raw = Buffer.concat(chunks);
      const mail = await PostalMime.parse(raw);
      mails.push({
        to: envelope.rcptTo.map(({ address }) => address),
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: mail.html ?? '',
        messageId: mail.messageId ?? '',
        headers: new Map(mail.headers.map(({ key, value }) => [key, value])),
        raw: raw.toString('utf8'),
      });
      callback();
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(receiver, {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    tries: () => tries,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
