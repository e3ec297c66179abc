import i18next from 'i18next';
import { en } from '../locales/en.js';
import { nl } from '../locales/nl.js';

export const locales = ['en', 'nl'] as const;
export type Locale = (typeof locales)[number];
export type MessageKey = keyof typeof en;
export type MessageParameters = Readonly<Record<string, string | number>>;

const catalogue = i18next.createInstance();
await catalogue.init({
  resources: { en: { translation: en }, nl: { translation: nl } },
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** A sentence for people, in their language. */
export function message(locale: Locale, key: MessageKey, parameters: MessageParameters = {}): string {
  return catalogue.t(key, { lng: locale, ...parameters });
}

/** The first language of an Accept-Language header that we speak; English if none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', quality] = part.trim().split(';q=');
    return { language: tag.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
  });
  wanted.sort((a, b) => b.quality - a.quality);
  const found = wanted.find(({ language }) => (locales as readonly string[]).includes(language));
  return found?.language === 'nl' ? 'nl' : 'en';
}
