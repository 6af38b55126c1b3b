import type { Translate } from '../platform/i18n/translator.js';
import type { Message, Shown } from './kinds.js';

/** A message in the language of who looks. A value `postKey` names a text and is given to the message as `post`, in its words. */
export function say(t: Translate, message: Message): string {
  const values = Object.entries(message.values).map(([name, value]): [string, unknown] =>
    name.endsWith('Key') ? [name.slice(0, -3), t(String(value))] : [name, value],
  );
  return t(message.key, Object.fromEntries(values));
}

/** A value as it is shown. */
export function shownText(t: Translate, shown: Shown): string {
  return typeof shown === 'string' ? (shown === '' ? '—' : shown) : say(t, shown);
}
