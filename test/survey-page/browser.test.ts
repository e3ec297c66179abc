import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type TestProgram, useWorld } from '../support/world.js';
import { hasChromium, launch, newContext, phone, violationsOf } from './chromium.js';

const world = useWorld();
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
let browser: Browser;
let program: TestProgram;

/** Where pictures of the pages go for whoever wants to look at them; nowhere unless asked for. */
const pictures = process.env.APPLAUS_TEST_PICTURES;

beforeAll(async () => {
  if (!hasChromium) return;
  browser = await launch();
  program = await world.program();
  await program.admin.mutate('programUpdate', { name: 'Voorbeeld & Zn.' });
  await program.admin.mutate('surveyUpdate', { surveyKey: 'nps', joinUrl: 'https://example.com/hub' });
  await program.admin.mutate('surveyCreate', { key: 'marks', name: 'Marks', scheme: 'DUTCH', isAnonymous: true });
  await program.admin.mutate('surveyUpdate', { surveyKey: 'marks', brandColor: '#1d1d1b' });
}, 60_000);

afterAll(() => browser?.close());

async function linkOf(input: object = {}): Promise<string> {
  const contact = { externalId: world.unique('piet') };
  const made = await program.admin.mutate('surveyLinkCreate', { contact, ...input }, 'SurveyLinkCreated { token }');
  return `${world.server.url}/s/${made.token}`;
}

async function look(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  expect(await violationsOf(page)).toEqual([]);
  // A phone makes its window wider for what does not fit, so that is measured by the screen.
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

const inChromium = hasChromium ? describe : describe.skip;

inChromium('The survey page, in Chromium', () => {
  test.each([
    ['nl', 'phone', { ...phone, colorScheme: 'light' }],
    ['nl', 'phone-dark', { ...phone, colorScheme: 'dark' }],
    ['en', 'desk', { ...desk, colorScheme: 'light' }],
    ['en', 'desk-dark', { ...desk, colorScheme: 'dark' }],
  ] as const)(
    'has nothing that axe-core objects to in any state: %s, %s',
    async (language, name, options) => {
      const context = await newContext(browser, { ...options, locale: language });
      const page = await context.newPage();
      const picture = (state: string) => `${language}-${name}-${state}`;
      const address = await linkOf({ language });
      await page.goto(address);
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      await look(page, picture('question'));
      await page.goto(`${address}?score=9`);
      expect(await page.isChecked('input[value="9"]')).toBe(true);
      await look(page, picture('chosen'));
      await page.click('button');
      await page.waitForSelector('#comment');
      await look(page, picture('more'));
      await page.fill('#follow-up-ssm', 'many');
      await page.click('button');
      await page.waitForSelector('[aria-invalid]');
      await look(page, picture('wrong'));
      await page.fill('#comment', 'Iedereen denkt mee.');
      await page.fill('#follow-up-ssm', '3');
      await page.click('button');
      await page.waitForURL(/done=1/);
      await look(page, picture('thanks'));
      await page.goto(await linkOf({ surveyKey: 'marks', language }));
      await look(page, picture('marks'));
      await page.goto(`${world.server.url}/s/none?lang=${language}`);
      await look(page, picture('unknown'));
      await context.close();
    },
    90_000,
  );

  test('of a link that is over has nothing that axe-core objects to, in Dutch and in English', async () => {
    const start = world.clock.now();
    const address = await linkOf();
    const context = await newContext(browser, phone);
    const page = await context.newPage();
    world.clock.set(new Date(start.getTime() + 31 * 86_400_000));
    for (const language of ['nl', 'en']) {
      await page.goto(`${address}?lang=${language}`);
      await look(page, `${language}-expired`);
    }
    world.clock.set(start);
    await context.close();
  }, 60_000);

  test('is answered whole where nothing runs, by touch', async () => {
    const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(await linkOf({ language: 'en' }));
    await page.tap('label:has(input[value="10"])');
    await page.tap('button');
    await page.waitForSelector('#comment');
    expect(await page.textContent('h1')).toBe('What are you most enthusiastic about?');
    await page.fill('#comment', 'All of it');
    await page.fill('#follow-up-ssm', '12');
    await page.tap('button');
    await page.waitForURL(/done=1/);
    expect(await page.textContent('h1')).toBe('We have received your answer.');
    expect(await page.getAttribute('a.button', 'href')).toBe('https://example.com/hub');
    await context.close();
  }, 60_000);

  test('is answered whole by keys alone, and shows where one is', async () => {
    const context = await newContext(browser, desk);
    const page = await context.newPage();
    await page.goto(await linkOf({ language: 'en' }));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
    expect(await page.isChecked('input[value="3"]')).toBe(true);
    const outline = await page.evaluate(
      () => getComputedStyle(document.querySelector('input:focus + span') as Element).outlineWidth,
    );
    expect(outline).toBe('3px');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#comment');
    expect(await page.textContent('h1')).toBe('What would have to change for you to feel neutral about us?');
    await context.close();
  }, 60_000);

  test('gives fingers at least 44 pixels on a screen of 320, and stays whole when words are twice as large', async () => {
    const context = await newContext(browser, phone);
    const page = await context.newPage();
    await page.goto(await linkOf({ language: 'nl' }));
    const sizes = await page.evaluate(() =>
      [...document.querySelectorAll('.scale label, .button')].map((each) => {
        const { width, height } = each.getBoundingClientRect();
        return Math.min(width, height);
      }),
    );
    expect(sizes).toHaveLength(12);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    await page.addStyleTag({ content: 'html{font-size:200%}' });
    await look(page, 'nl-phone-large');
    await context.close();
  }, 60_000);
});
