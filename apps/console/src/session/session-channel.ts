/** What one tab tells the others about the session they share. */
export type SessionNews = 'signedIn' | 'signedOut';

const channelName = 'latchkey.session';

/** Tells every other tab of this browser. */
export function announceSession(news: SessionNews): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(news);
  channel.close();
}

/**
 * Listens to the other tabs.
 *
 * @returns a function that stops listening
 */
export function listenToSession(onNews: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'signedIn' || data === 'signedOut') onNews(data);
  });
  return () => channel.close();
}
