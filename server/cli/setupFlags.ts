import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { isLoginName } from '../access/logins.rules.js';
import type { Role } from '../access/permissions.rules.js';
import { readDivisionFile, shippedDivisions, type DivisionFile } from './divisionFile.js';
import { SetupError } from './setupError.js';
import type { Holdings } from './setupGround.js';

/** An account that setup makes: its role, its account name and the name of the person. */
export interface WantedAccount {
  readonly role: Role;
  readonly loginName: string;
  readonly name: string;
}

/** Everything that setup was asked for. `divisions` and `area` are null where the database has its tree already. */
export interface Wanted {
  readonly divisions: DivisionFile | null;
  /** The area code of the office that runs this installation; null: the topmost division with more than one below it. */
  readonly area: string | null;
  readonly accounts: readonly WantedAccount[];
  /** Administrators that never signed in get a new code, for when the first one was lost. */
  readonly newCodes: boolean;
}

const people = [
  { flag: 'system-admin', role: 'systemAdmin', login: 'xitong', what: '系统管理员' },
  { flag: 'security-admin', role: 'securityAdmin', login: 'anquan', what: '安全管理员' },
  { flag: 'audit-admin', role: 'auditAdmin', login: 'shenji', what: '审计管理员' },
  { flag: 'training-manager', role: 'trainingManager', login: 'peixun', what: '培训管理' },
] as const satisfies readonly { flag: string; role: Role; login: string; what: string }[];

export const usage = `用法：npm run setup -- [选项]    没给的选项会逐一询问；不在终端里运行时必须给全

  --divisions FILE           区划文件（code,level,name,parent_code,kind），或随产品带的 ${shippedDivisions}
  --area CODE                本单位的区划代码，默认是文件里最高的、有多个下级的那一级
  --system-admin NAME        系统管理员姓名，或 账号:姓名（账号默认 xitong）
  --security-admin NAME      安全管理员，同上（默认 anquan）
  --audit-admin NAME         审计管理员，同上（默认 shenji）
  --training-manager NAME    可选：第一个培训管理，同上（默认 peixun）
  --new-codes                一次性码丢了：给从未登录的管理员换新的
`;

/** The flags as they were given. */
export interface Flags {
  readonly help: boolean;
  readonly given: Readonly<Partial<Record<'divisions' | 'area' | (typeof people)[number]['flag'], string>>>;
  readonly newCodes: boolean;
}

/** @throws SetupError on an unknown flag */
export function readFlags(args: readonly string[]): Flags {
  const text = { type: 'string' } as const;
  const options = {
    divisions: text,
    area: text,
    'system-admin': text,
    'security-admin': text,
    'audit-admin': text,
    'training-manager': text,
    'new-codes': { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    const { 'new-codes': newCodes = false, help = false, ...given } = parseArgs({ args: [...args], options }).values;
    return { help, given, newCodes };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** Asks for what no flag said and the database does not have. @throws SetupError where nobody can be asked */
export async function completed(flags: Flags, holdings: Holdings, terminal: Terminal = processTerminal): Promise<Wanted> {
  const questions = terminal.open();
  const ask = async (flag: string, question: string): Promise<string> => {
    if (questions === null) throw new SetupError(`缺少 --${flag}。\n\n${usage}`);
    return (await questions.ask(`${question} `)).trim();
  };
  try {
    const divisions = await divisionsWanted(flags, holdings, ask);
    const accounts: WantedAccount[] = [];
    for (const person of people) {
      const needed = person.role !== 'trainingManager' && !holdings.roles.includes(person.role);
      const question = `${person.what}的姓名（或 账号:姓名，账号默认 ${person.login}）：`;
      const typed = flags.given[person.flag] ?? (needed ? await ask(person.flag, question) : null);
      if (typed !== null) accounts.push(accountFrom(typed, person));
    }
    return { divisions, area: flags.given.area ?? null, accounts, newCodes: flags.newCodes };
  } finally {
    questions?.close();
  }
}

async function divisionsWanted(
  flags: Flags,
  holdings: Holdings,
  ask: (flag: string, question: string) => Promise<string>,
): Promise<DivisionFile | null> {
  const given = flags.given.divisions;
  if (given === undefined && holdings.divisions > 0) return null;
  const typed = given ?? (await ask('divisions', `区划文件（直接回车用 ${shippedDivisions}）：`));
  return readDivisionFile(typed === '' ? shippedDivisions : typed);
}

function accountFrom(typed: string, of: { flag: string; role: Role; login: string }): WantedAccount {
  const colon = typed.search(/[:：]/);
  const loginName = (colon < 0 ? of.login : typed.slice(0, colon)).trim().toLowerCase();
  const name = typed.slice(colon + 1).trim();
  if (name === '') throw new SetupError(`--${of.flag} 缺姓名：写 姓名，或 账号:姓名。`);
  if (!isLoginName(loginName))
    throw new SetupError(`--${of.flag} 的账号“${loginName}”不能用：以字母开头，3 到 32 位，只用小写字母、数字和 _ . -。`);
  return { role: of.role, loginName, name };
}

/** Where questions are asked; `open` gives null when nobody sits there. */
export interface Terminal {
  open(): { ask(question: string): Promise<string>; close(): void } | null;
}

const processTerminal: Terminal = {
  open() {
    if (!process.stdin.isTTY) return null;
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    return {
      ask: (question) => lines.question(question),
      close: () => {
        lines.close();
      },
    };
  },
};
