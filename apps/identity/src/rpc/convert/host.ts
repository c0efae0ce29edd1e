/** The server's own name, for which a key is where no other domain is asked for. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'localhost';
}
