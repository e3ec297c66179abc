import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = process.env.APPLAUS_TEST_CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to look with. In CI there has to be one: a test that needs it fails there. */
export const hasChromium = existsSync(executablePath) || process.env.CI === 'true';
if (!hasChromium)
  process.stdout.write(`No Chromium at ${executablePath}: the survey page is not looked at in a browser.\n`);

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A phone as narrow as they come. */
export const phone: BrowserContextOptions = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };

export function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ bypassCSP: true, ...options });
}

const axePath = createRequire(import.meta.url).resolve('axe-core');

/** What axe-core finds wrong with a page, by rule; nothing when it is accessible as far as a program can tell. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: what the script just put there
    const { axe } = window as any;
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`);
  });
}
