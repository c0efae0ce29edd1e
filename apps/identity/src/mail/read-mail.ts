import PostalMime from 'postal-mime';
import type { Message } from '../commands/deliver.ts';

const LINK = /https?:\/\/[^\s<>"]+/;

/**
 * Reads a mail in its form on the wire (RFC 5322, MIME).
 *
 * @param recipients of the envelope: who is in the header may be somebody else.
 * @returns one message for each recipient. None has a code: what looks like one need not be.
 */
export async function readMail(raw: Buffer, recipients: readonly string[]): Promise<readonly Message[]> {
  const mail = await PostalMime.parse(raw, { maxRfc822NestingDepth: 0 });
  const text = (mail.text ?? mail.html ?? '').trim();
  // A full stop after an address ends the sentence.
  const link = LINK.exec(text)?.[0].replace(/[.,;:!?)\]]+$/, '');
  return recipients.map((to) => ({ to, kind: 'email', subject: mail.subject ?? '', text, ...(link && { link }) }));
}
