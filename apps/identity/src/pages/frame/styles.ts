import type { RequestHandler } from 'express';

/** Where the pages find their style sheet. */
export const STYLE_PATH = '/ui/login/style.css';

/** One style sheet for all pages, in the console's colours. */
const STYLES = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#f6f7f9, #0f1115);
  --surface: light-dark(#ffffff, #171a20);
  --sunken: light-dark(#eef0f3, #0b0d10);
  --line: light-dark(#d5d9e0, #2b303a);
  --control: light-dark(#80889a, #737c8e);
  --text: light-dark(#171a21, #eceef2);
  --muted: light-dark(#565d6b, #a3abb9);
  --accent: light-dark(#3a4fd0, #96a6ff);
  --on-accent: light-dark(#ffffff, #10131c);
  --danger: light-dark(#b3261e, #ff8f85);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--canvas);
  color: var(--text);
  font: 14px/1.45 system-ui, sans-serif;
}
main { margin-inline: auto; padding: 24px; }
.card {
  margin-block-start: min(12vh, 96px);
  inline-size: min(100% - 32px, 360px);
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 6px;
}
.wide { max-inline-size: 1120px; }
h1 { margin: 0 0 16px; font-size: 20px; line-height: 1.25; }
p { margin: 0 0 16px; overflow-wrap: anywhere; }
.muted { color: var(--muted); }
.alert {
  margin: 0 0 16px;
  padding: 8px 12px;
  border-inline-start: 3px solid var(--danger);
  background: var(--sunken);
  color: var(--danger);
}
form + form { margin-block-start: 8px; }
label { display: block; margin-block-end: 4px; font-weight: 600; }
input:not([type='hidden'], [type='radio'], [hidden]) {
  display: block;
  inline-size: 100%;
  min-block-size: 40px;
  margin-block-end: 16px;
  padding: 8px 12px;
  border: 1px solid var(--control);
  border-radius: 6px;
  background: var(--surface);
  color: var(--text);
  font: inherit;
  font-size: 16px;
}
input[inputmode='numeric'] { font-family: ui-monospace, monospace; font-variant-numeric: tabular-nums; }
button, .button {
  display: block;
  inline-size: 100%;
  min-block-size: 40px;
  padding: 8px 12px;
  border: 1px solid var(--control);
  border-radius: 6px;
  background: transparent;
  color: var(--text);
  font: inherit;
  font-weight: 600;
  text-align: center;
  cursor: pointer;
}
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.others { margin-block-start: 24px; padding-block-start: 16px; border-block-start: 1px solid var(--line); }
fieldset { margin: 0 0 16px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; }
legend { padding-inline: 4px; font-weight: 600; }
.choice { display: flex; gap: 8px; align-items: center; min-block-size: 32px; margin: 0; font-weight: 400; }
.secret { font-family: ui-monospace, monospace; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { inline-size: 100%; border-collapse: collapse; background: var(--surface); font-size: 13px; }
th, td { padding: 8px 12px; border: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--muted); font-weight: 600; }
time, code { font-family: ui-monospace, monospace; font-variant-numeric: tabular-nums; }
@media (forced-colors: active) { button.main { forced-color-adjust: none; } }
`;

export const sendStyles: RequestHandler = (_request, response) => {
  response.set({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' }).type('text/css').send(STYLES);
};
