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

/** The languages of an Accept-Language header as it writes them, the one that is wanted most first. */
export function languagesOf(acceptLanguage: string | undefined): string[] {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', quality] = part.trim().split(';q=');
    return { tag, quality: quality === undefined ? 1 : Number(quality) };
  });
  return wanted.sort((a, b) => b.quality - a.quality).map(({ tag }) => tag);
}

/** The first language of an Accept-Language header that we speak; English if none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const found = languagesOf(acceptLanguage)
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((language) => (locales as readonly string[]).includes(language));
  return found === 'nl' ? 'nl' : 'en';
}
