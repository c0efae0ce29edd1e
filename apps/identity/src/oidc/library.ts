/**
 * The one place where oidc-provider comes in. It runs on Node 20 but says
 * "Unsupported runtime" there while it is imported; the person who typed `npm start` can do nothing with that line.
 */
export const { Provider, errors, interactionPolicy } = await importQuietly();

async function importQuietly(): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
