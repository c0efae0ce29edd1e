import { t } from '@lingui/core/macro';
import { useSyncExternalStore } from 'react';

/** Says that the browser has no network: what is on the page may be old, and nothing can be changed. */
export function OfflineBanner() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (isOnline) return null;
  return (
    <div className="banner" role="status">
      <p>{t`You are offline. What you see may be old, and nothing can be changed until you are back.`}</p>
    </div>
  );
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}
