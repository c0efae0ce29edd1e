import { invalidArgument } from '../domain/errors.ts';

const BAD = () => invalidArgument('DOMAIN-oGh5e', 'Errors.Invalid.URLTemplate');

/**
 * Fills `{{.Name}}` in a caller's template, as Go's text/template does with plain fields; nothing else of it is known.
 *
 * @throws DomainError DOMAIN-oGh5e for anything else between braces, and for what is no http(s) URL then.
 */
export function fillUrlTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const filled = template.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw BAD();
    return encodeURIComponent(value);
  });
  if (/\{\{|\}\}/.test(filled)) throw BAD();
  if (!URL.canParse(filled) || !/^https?:$/.test(new URL(filled).protocol)) throw BAD();
  return filled;
}
