/** A piece of a mail, in the order in which it is read. */
export type MailBlock =
  | { readonly kind: 'paragraph' | 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'link'; readonly url: string };

/** The mail for readers that show no HTML. */
export function renderText(blocks: readonly MailBlock[]): string {
  return `${blocks.map(toText).join('\n\n')}\n`;
}

function toText(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'link':
      return block.url;
  }
}

/** The same as HTML: no images, no scripts, nothing fetched from anywhere. */
export function renderHtml(
  blocks: readonly MailBlock[],
  { language, direction, title }: { readonly language: string; readonly direction: string; readonly title: string },
): string {
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}" dir="${escapeHtml(direction)}">`,
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:40em;margin:1em auto;padding:0 1em">',
    ...blocks.map(toHtml),
    '</body></html>',
    '',
  ].join('\n');
}

function toHtml(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'heading':
      return `<h2 style="font-size:1.1em;margin:1.5em 0 .5em">${escapeHtml(block.text)}</h2>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'link':
      return `<p dir="ltr"><a href="${escapeHtml(block.url)}">${escapeHtml(block.url)}</a></p>`;
  }
}

/** For text between tags and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
