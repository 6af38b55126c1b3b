import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance } from 'i18next';
import { projectRoot } from '../projectRoot.js';

/** The languages of the product; the first is the default. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** Text by key with its values, in one language. An unknown key is an error in development and shows itself as the key. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** Loads every text file (`server/platform/i18n/<language>/<feature>.json`) once; the translator of each language. */
export function loadTranslators(): Record<Language, Translate> {
  const instance = createInstance();
  const resources = Object.fromEntries(languages.map((language) => [language, { translation: readTexts(language) }]));
  void instance.init({ resources, lng: 'zh-CN', fallbackLng: 'zh-CN', interpolation: { escapeValue: false }, initAsync: false });
  const of = (language: Language): Translate => {
    const fixed = instance.getFixedT(language);
    return (key, values) => fixed(key, values ?? {});
  };
  return { 'zh-CN': of('zh-CN'), en: of('en') };
}

/** All texts of a language, keyed by the feature whose file they stand in. */
export function readTexts(language: Language): Record<string, unknown> {
  const folder = path.join(projectRoot, 'server/platform/i18n', language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [path.basename(name, '.json'), JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown]),
  );
}
