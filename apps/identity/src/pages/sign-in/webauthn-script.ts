import type { RequestHandler } from 'express';

/** Where the pages that ask for a security key or passkey find their script. */
export const WEBAUTHN_SCRIPT = '/ui/login/webauthn.js';

/**
 * Asks the browser for the key when the form is sent, and sends what it answers as JSON. Written out here because it is
 * the only script of these pages: no bundler has to know of it.
 */
const SCRIPT = `
const form = document.querySelector('form[data-webauthn]');
const alert = document.querySelector('[data-webauthn-alert]');
const decode = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
const named = (list) => (list ?? []).map((one) => ({ type: 'public-key', ...one, id: decode(one.id) }));

function toOptions({ publicKey }) {
  const { challenge, user, allowCredentials, excludeCredentials } = publicKey;
  return {
    ...publicKey,
    challenge: decode(challenge),
    ...(user && { user: { ...user, id: decode(user.id) } }),
    ...(allowCredentials && { allowCredentials: named(allowCredentials) }),
    ...(excludeCredentials && { excludeCredentials: named(excludeCredentials) }),
  };
}

function toJson({ id, rawId, type, response }) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const given = parts.filter((part) => response[part]).map((part) => [part, encode(response[part])]);
  return { id, rawId: encode(rawId), type, clientExtensionResults: {}, response: Object.fromEntries(given) };
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  alert.hidden = true;
  try {
    const publicKey = toOptions(JSON.parse(form.dataset.webauthn));
    const credential =
      form.dataset.act === 'create'
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
    form.elements.credential.value = JSON.stringify(toJson(credential));
    form.submit();
  } catch {
    alert.textContent = 'The key was not used. Try again, or choose another way.';
    alert.hidden = false;
  }
});
`;

export const sendWebAuthnScript: RequestHandler = (_request, response) => {
  response
    .set({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
    .type('text/javascript')
    .send(SCRIPT);
};
