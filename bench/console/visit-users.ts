import type { Browser, Cookie } from '@playwright/test';
import { openSlowPage, timeToRows } from './slow-page.ts';

/** What it took until the rows of /users were painted. Times in milliseconds, sizes in kB as they came over the wire. */
export interface Visit {
  readonly useful: number;
  readonly mainThread: number;
  readonly requests: number;
  readonly all: number;
  readonly script: number;
  readonly style: number;
  /** MB. */
  readonly heap: number;
}

/** Opens /users signed in, with nothing in the browser's cache. */
export async function visitUsers(
  browser: Browser,
  { publicUrl, cookies, slowdown }: { publicUrl: string; cookies: readonly Cookie[]; slowdown: number },
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: publicUrl });
  await context.addCookies([...cookies]);
  const { page, line } = await openSlowPage(context, slowdown);
  const types = new Map<string, string>();
  const loaded: { type: string; bytes: number }[] = [];
  line.on('Network.responseReceived', ({ requestId, type }) => void types.set(requestId, type));
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    loaded.push({ type: types.get(requestId) ?? 'Other', bytes: encodedDataLength });
  });
  await page.goto('/users', { waitUntil: 'commit' });
  const useful = await timeToRows(page);
  const { metrics } = await line.send('Performance.getMetrics');
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  const kilobytes = (type?: string) =>
    loaded.filter((each) => !type || each.type === type).reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
  const visit = {
    useful,
    mainThread: metric('TaskDuration') * 1_000,
    requests: loaded.length,
    all: kilobytes(),
    script: kilobytes('Script'),
    style: kilobytes('Stylesheet'),
    heap: metric('JSHeapUsedSize') / 1_000_000,
  };
  await context.close();
  return visit;
}
