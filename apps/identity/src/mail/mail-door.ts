import type { Server } from 'node:net';
import type { Logger } from 'pino';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { systemContext } from '../commands/context.ts';
import { deliver } from '../commands/deliver.ts';
import type { DataFolder } from '../data/folder.ts';
import type { Store } from '../store/open-store.ts';
import { readMail } from './read-mail.ts';

/** Where the door's address is kept, `smtp://127.0.0.1:<port>`: for whoever sends, and for the next start. */
export const MAIL_ADDRESS_FILE = 'smtp.url';

/** Largest message in bytes: a mail of text to one person has a hundredth of it. */
export const MAIL_SIZE = 100_000;

/** Only this machine: what is sent here can authenticate, and nothing asks who sends it. */
const HOST = '127.0.0.1';

const PATIENCE = { socketTimeout: 30_000, closeTimeout: 500 };

/** The door by which other programs of this machine put mail into the outbox. */
export interface MailDoor {
  /** `smtp://127.0.0.1:<port>` */
  readonly url: string;
  /** Takes no more connections, lets a message under way come in, and cuts off who only stays connected. */
  close(): Promise<void>;
}

/**
 * Takes mail by SMTP (RFC 5321) and shows it in the outbox: an entry for each recipient, nothing passed on. The port is
 * that of the last start where it is still free.
 */
export async function openMailDoor(parts: { store: Store; folder: DataFolder; log: Logger }): Promise<MailDoor> {
  const server = new SMTPServer({
    ...PATIENCE,
    name: 'localhost',
    banner: 'outbox',
    size: MAIL_SIZE,
    rejectOversized: true,
    maxClients: 50,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      takeMail(parts.store, stream, recipients).then(
        () => done(),
        (error: unknown) => {
          parts.log.error({ err: error }, 'mail');
          done(new Error('the message could not be kept'));
        },
      );
    },
  });
  // A sender that is cut off is no fault of ours; unheard, it would end the process.
  server.on('error', (error: Error) => parts.log.info({ err: error }, 'mail'));
  const url = `smtp://${HOST}:${await listen(server.server, lastPort(parts.folder))}`;
  parts.folder.write(MAIL_ADDRESS_FILE, url);
  return { url, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function takeMail(store: Store, stream: SMTPServerDataStream, recipients: readonly string[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  // The server refuses it.
  if (stream.sizeExceeded) return;
  const messages = await readMail(Buffer.concat(chunks), recipients);
  const context = systemContext(store);
  await store.change(async (db) => {
    for (const message of messages) await deliver(context, db, message);
  });
}

function lastPort(folder: DataFolder): number {
  const url = folder.read(MAIL_ADDRESS_FILE)?.trim();
  return url && URL.canParse(url) ? Number(new URL(url).port) : 0;
}

/** @returns the port: the wanted one, or another when somebody has that. */
function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) => {
      if (wanted === 0 || !('code' in cause) || cause.code !== 'EADDRINUSE') reject(cause);
      else resolve(listen(server, 0));
    };
    server.once('error', failed);
    server.listen(wanted, HOST, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : wanted);
    });
  });
}
