import { fileURLToPath } from 'node:url';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';

/** A page, and the line to the browser that slows it down and counts what it loads. */
export interface SlowPage {
  readonly page: Page;
  readonly line: CDPSession;
}

/** What ends a time: an element that matches `selector` and whose text contains `text`. */
export interface Seen {
  readonly selector: string;
  readonly text: string;
}

/** What in-page.js leaves in the page. */
interface Bench {
  readonly bench: {
    readonly useful: Promise<number>;
    readonly took: Promise<number>;
    watch(event: 'click' | 'input', seen: Seen): void;
  };
}

/** @param slowdown how many times slower than this machine the page's processor is; 1 for not at all. */
export async function openSlowPage(context: BrowserContext, slowdown: number): Promise<SlowPage> {
  const page = await context.newPage();
  await page.addInitScript({ path: fileURLToPath(new URL('./in-page.js', import.meta.url)) });
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Performance.enable');
  await line.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return { page, line };
}

/** Milliseconds from the navigation until the rows of a list were painted. */
export async function timeToRows(page: Page): Promise<number> {
  return await page.evaluate(() => (globalThis as unknown as Bench).bench.useful);
}

/**
 * Lets the page time itself, from the next `event` in it until what was waited for is in the document, and painted.
 *
 * @returns asks for the milliseconds, once they are known.
 */
export async function timeInPage(page: Page, event: 'click' | 'input', seen: Seen): Promise<() => Promise<number>> {
  await page.evaluate(([event, seen]) => (globalThis as unknown as Bench).bench.watch(event, seen), [
    event,
    seen,
  ] as const);
  return () => page.evaluate(() => (globalThis as unknown as Bench).bench.took);
}
