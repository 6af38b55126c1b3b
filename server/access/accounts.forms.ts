import { z } from 'zod';
import { optionalText, text, version } from '../platform/http/fields.js';
import { isId } from '../platform/ids.js';

const division = (key: string) => text(key, 24).refine(isId, `${key}.missing`);

/** A new account of an office. */
export const newAccountForm = z.object({
  name: text('access.accounts.name', 30),
  loginName: text('access.accounts.loginName', 32),
  division: division('access.accounts.division'),
});

/** Shutting an account: the version it was shown with, and why. */
export const disablingForm = z.object({ version, reason: text('access.accounts.reason', 200) });

/** A step without further fields. */
export const versionForm = z.object({ version });

/** A role for an account at a division. */
export const givingForm = z.object({ version, role: text('access.grants.role', 30), division: division('access.grants.division') });

/** A role taken away. */
export const withdrawalForm = z.object({
  version,
  grant: text('access.grants.role', 24),
  reason: optionalText('access.grants.reason', 200),
});
