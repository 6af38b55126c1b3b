import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { KeyRing, KeyUse } from './keyRing.js';

/** An encrypted text as it is stored; all parts but the key id are base64. AES-256-GCM: a changed byte does not open. */
export interface Sealed {
  readonly keyId: string;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

/** What a blind index is made of. The caller normalises first (15 to 18 digits, capital X, bare phone digits). */
export type IndexKind = 'idNumber' | 'phone';

/** Encryption, blind indexes and one-time codes over one key ring (decision 5). */
export interface Secrets {
  seal(text: string): Sealed;
  /** @throws when the key is not in the ring or the value was changed */
  open(sealed: Sealed): string;
  /** The same text always gives the same index, and the index says nothing about the text without the key. */
  blindIndex(kind: IndexKind, text: string): string;
  /** An index of the last four digits of a phone, for the search by phone tail. */
  phoneTailIndex(phone: string): string;
  /** What is stored of a one-time code. */
  hashCode(code: string): string;
  /** Whether a typed code is the one that was hashed; takes the same time for every wrong code. */
  verifyCode(code: string, hash: string): boolean;
}

const ivBytes = 12;
// without what a person mixes up on paper: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V
const codeAlphabet = '3479ACDEFHJKMNPQRTVWXY';
const codeLength = 8;

/** Makes the functions that hide and find secrets with the keys of a ring. */
export function makeSecrets(ring: KeyRing): Secrets {
  const keyed = (use: KeyUse, text: string, keyId = ring.current(use).id): string => {
    const digest = createHmac('sha256', ring.byId(keyId).bytes).update(text, 'utf8').digest('base64url');
    return `${keyId}:${digest}`;
  };
  return {
    seal: (text) => seal(ring, text),
    open: (sealed) => open(ring, sealed),
    blindIndex: (kind, text) => keyed('index', `${kind}\0${text}`),
    phoneTailIndex: (phone) => keyed('phoneTail', phone.slice(-4)),
    hashCode: (code) => keyed('code', normalCode(code)),
    verifyCode: (code, hash) => {
      const keyId = hash.slice(0, hash.indexOf(':'));
      return sameText(keyed('code', normalCode(code), keyId), hash);
    },
  };
}

/** A new one-time code: 8 characters that survive being read aloud and written by hand, 35 bits of chance. */
export function newOneTimeCode(): string {
  return Array.from({ length: codeLength }, () => codeAlphabet.charAt(randomInt(codeAlphabet.length))).join('');
}

/** Whether two texts are equal, in a time that does not tell how far they agree. */
export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left, 'utf8');
  const b = Buffer.from(right, 'utf8');
  return a.length === b.length && timingSafeEqual(a, b);
}

/** As people type it: small letters, full-width characters, spaces and hyphens mean the same code. */
function normalCode(code: string): string {
  return code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
}

function seal(ring: KeyRing, text: string): Sealed {
  const key = ring.current('seal');
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv);
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const encoded = (bytes: Buffer): string => bytes.toString('base64');
  return { keyId: key.id, iv: encoded(iv), ciphertext: encoded(ciphertext), tag: encoded(cipher.getAuthTag()) };
}

function open(ring: KeyRing, sealed: Sealed): string {
  const key = ring.byId(sealed.keyId);
  const decoded = (text: string): Buffer => Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, decoded(sealed.iv), { authTagLength: 16 });
  decipher.setAuthTag(decoded(sealed.tag));
  return Buffer.concat([decipher.update(decoded(sealed.ciphertext)), decipher.final()]).toString('utf8');
}
