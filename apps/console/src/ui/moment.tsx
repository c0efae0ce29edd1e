import { i18n } from '@lingui/core';

type MomentProps = {
  /** RFC 3339. */
  readonly iso: string;
  /** To the second and with the zone, for what is kept or printed. */
  readonly isExact?: boolean;
};

/** A moment in the reader's language and zone; the tooltip has it to the second. */
export function Moment({ iso, isExact = false }: MomentProps) {
  const date = new Date(iso);
  const regions = i18n.locales ?? i18n.locale;
  const text = new Intl.DateTimeFormat(regions, { dateStyle: 'medium', timeStyle: isExact ? 'long' : 'short' });
  const exactly = new Intl.DateTimeFormat(regions, { dateStyle: 'full', timeStyle: 'long' });
  return (
    <time dateTime={iso} title={exactly.format(date)} className="numeric">
      {text.format(date)}
    </time>
  );
}
