import { hash, verify } from '@node-rs/argon2';

/** Hashing of passwords by argon2id. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether a password is the hashed one; without a hash it takes as long and is false, so that nobody learns who has an account. */
  matches(password: string, stored: string | null): Promise<boolean>;
}

const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 };

/** @param mode `cheap` is for tests only; production refuses it at start */
export function makePasswords(mode: 'full' | 'cheap'): Passwords {
  const options = mode === 'cheap' ? cheap : {};
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, options),
    async matches(password, stored) {
      if (stored !== null) return verify(stored, password);
      decoy ??= hash('no account has this password', options);
      await verify(await decoy, password);
      return false;
    },
  };
}
