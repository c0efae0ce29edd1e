import { i18n } from '@lingui/core';

/** A moment in the reader's language and zone; the tooltip has it to the second. @param iso RFC 3339 */
export function Moment({ iso }: { readonly iso: string }) {
  const date = new Date(iso);
  const regions = i18n.locales ?? i18n.locale;
  const text = new Intl.DateTimeFormat(regions, { dateStyle: 'medium', timeStyle: 'short' });
  const exactly = new Intl.DateTimeFormat(regions, { dateStyle: 'full', timeStyle: 'long' });
  return (
    <time dateTime={iso} title={exactly.format(date)} className="numeric">
      {text.format(date)}
    </time>
  );
}
