import { describe, expect, it } from 'vitest';
import { fillUrlTemplate } from './fill-url-template.ts';

const VALUES = { UserID: '1', Code: 'a&b' };

describe('a template', () => {
  it('is filled, and what goes in is escaped', () => {
    expect(fillUrlTemplate('https://example.org/?u={{.UserID}}&c={{ .Code }}', VALUES)).toBe(
      'https://example.org/?u=1&c=a%26b',
    );
  });

  it.each(['{{', 'https://example.org/{{.Nope}}', 'https://example.org/}}', 'not a link', 'javascript:{{.Code}}'])(
    '%s is refused',
    (template) => {
      expect(() => fillUrlTemplate(template, VALUES)).toThrow(expect.objectContaining({ id: 'DOMAIN-oGh5e' }));
    },
  );
});
