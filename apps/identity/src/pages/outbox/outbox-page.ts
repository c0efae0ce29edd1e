import type { DeliveredMessage } from '../../commands/deliver.ts';
import type { Page } from '../frame/document.ts';
import { type Html, html } from '../frame/html.ts';

const KIND = { email: 'Email', sms: 'SMS' } as const;

/** What was sent, newest first. */
export function outboxPage(messages: readonly DeliveredMessage[], to: string | undefined): Page {
  return {
    title: 'Outbox',
    wide: true,
    body: html`<p class="muted">Messages to people, which a real server would send. Newest first.</p>
<form method="get" action="/outbox">
<label for="to">To</label>
<input id="to" name="to" value="${to}" autocomplete="off" spellcheck="false">
</form>
${messages.length === 0 ? empty(to) : table(messages)}`,
  };
}

function empty(to: string | undefined): Html {
  return to === undefined
    ? html`<p>Nothing was sent yet. A code or a link appears here as soon as somebody asks for one.</p>`
    : html`<p>Nothing was sent to ${to}.</p>`;
}

function table(messages: readonly DeliveredMessage[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">At</th><th scope="col">To</th><th scope="col">Kind</th><th scope="col">Message</th></tr></thead>
<tbody>${messages.map(row)}</tbody>
</table></div>`;
}

function row(message: DeliveredMessage): Html {
  return html`<tr>
<td><time datetime="${message.at}">${message.at.slice(0, 19).replace('T', ' ')}</time></td>
<td>${message.to}</td>
<td>${KIND[message.kind]}</td>
<td><strong>${message.subject}</strong><br>${message.text}${linkOf(message)}</td>
</tr>`;
}

/** Only what leads to a page: the template of a link comes from whoever called the API. */
function linkOf({ link }: DeliveredMessage): Html | undefined {
  return link?.match(/^https?:/) ? html`<br><a href="${link}">Open the link</a>` : undefined;
}
