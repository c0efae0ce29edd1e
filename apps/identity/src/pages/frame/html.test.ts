import { expect, test } from 'vitest';
import { html } from './html.ts';

test('values are escaped, markup and lists of markup are not', () => {
  const rows = ['<b>', 'a & b'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul title="${'"x" \'y\''}">${rows}</ul>`.html).toBe(
    '<ul title="&quot;x&quot; &#39;y&#39;"><li>&lt;b&gt;</li><li>a &amp; b</li></ul>',
  );
});

test('what is absent leaves nothing', () => {
  expect(html`a${undefined}b${false}c${0}`.html).toBe('abc0');
});
