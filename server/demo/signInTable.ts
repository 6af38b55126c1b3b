import { demoAccounts, demoPassword, demoWorkerLogin } from './accounts.js';

const roleNames: Readonly<Record<string, string>> = {
  trainingManager: '市级培训管理',
  countyOfficer: '县级经办（繁峙县）',
  townshipOfficer: '乡镇经办（繁城镇）',
  classTeacher: '班主任（手机）',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditAdmin: '审计管理员',
};

/** The address and one account per role, as it is printed when the demo is ready. */
export function signInTable(address: string): string {
  const rows = [...demoAccounts.map(({ login, role }) => [login, roleNames[role] ?? role]), [demoWorkerLogin, '社区工作者（手机）']];
  const lines = rows.map(([login = '', role = '']) => `  ${login.padEnd(14)}${role}`);
  return `\n训证通演示已就绪：${address}\n\n  账号          角色\n${lines.join('\n')}\n\n  密码都是 ${demoPassword}\n\n`;
}
