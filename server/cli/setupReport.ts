import { randomBytes } from 'node:crypto';
import { codeDays } from '../access/codes.rules.js';
import type { Role } from '../access/permissions.rules.js';
import { inWords, type SetupGround } from './setupGround.js';
import type { Installed } from './setupWork.js';

const roleNames: Readonly<Partial<Record<Role, string>>> = {
  trainingManager: '培训管理',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditAdmin: '审计管理员',
};

/** What setup did, the codes (here and nowhere else), and how to go on. */
export function setupReport(installed: Installed, ground: SetupGround): string {
  const before = inWords(ground.holdings);
  const lines = [
    ...(before === '' ? [] : [`原有      ${before}，没有改动`]),
    `结构变更  ${counted(installed.migrations.length, '个')}`,
    `密钥      ${ground.keyFolder}（${ground.keysWereThere ? '原有' : '新建，只有本账号能读'}）`,
    `区划      ${counted(installed.divisions, '个')}`,
    `规则年历  ${counted(installed.policies, '条')}`,
    ...installed.held.map((role) => `${nameOf(role)}  已有人，没有再建`),
  ];
  return `\n${lines.join('\n')}\n${codesOf(installed)}${goingOn(ground)}`;
}

function counted(count: number, unit: string): string {
  return count === 0 ? '无须补' : `装入 ${count.toLocaleString('en-US')} ${unit}`;
}

function nameOf(role: Role): string {
  return roleNames[role] ?? role;
}

function codesOf({ accounts, area }: Installed): string {
  if (accounts.length === 0) return '';
  const rows = accounts.map(
    ({ role, loginName, name, code }) => `  ${nameOf(role).padEnd(7, '　')}${loginName.padEnd(16)}${code}   ${name}`,
  );
  return `\n${area}的账号。一次性码只显示这一次，${String(codeDays)} 天内在登录页“用一次性码启用账号”里使用：\n\n${rows.join('\n')}\n`;
}

function goingOn({ config, keyFolder }: SetupGround): string {
  const settings = [
    ...(config.KEY_RING === undefined ? [`  KEY_RING=${keyFolder}`] : []),
    ...(process.env['SESSION_SECRET'] === undefined ? [`  SESSION_SECRET=${randomBytes(36).toString('base64url')}`] : []),
  ];
  const environment = settings.length === 0 ? '' : `\n写进服务的环境（其余设置见 .env.example）：\n\n${settings.join('\n')}\n`;
  return `${environment}\n密钥不在数据库的备份里，请现在就另存一份。然后运行 npm start。\n\n`;
}
