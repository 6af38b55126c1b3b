import { z } from 'zod';

const developmentSecret = 'development-only-secret-never-for-a-real-city';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .default('3000')
    .transform(Number),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//)
    .optional(),
  DATABASE_NAME: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,40}$/)
    .default('xunzheng'),
  JOBS: z.enum(['inline', 'off']).default('inline'),
  KEY_RING: z.string().optional(),
  SESSION_SECRET: z.string().min(20).default(developmentSecret),
  SESSION_IDLE_MINUTES: z.string().regex(/^\d+$/).default('120').transform(Number),
  TRUST_PROXY: z
    .string()
    .regex(/^[0-5]$/)
    .default('0')
    .transform(Number),
  SECURE_COOKIES: z.enum(['yes', 'no']).default('no'),
  DEMO_TODAY: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  SIGN_IN_FAILURES: z.string().regex(/^\d+$/).default('5').transform(Number),
  LOCK_MINUTES: z.string().regex(/^\d+$/).default('15').transform(Number),
  PASSWORD_HASHING: z.enum(['full', 'cheap']).default('full'),
});

/** Everything the environment decides, checked once at start. */
export type Config = z.infer<typeof schema>;

/** A setting that is missing or wrong; the message names the variable and the mend. */
export class ConfigError extends Error {}

/**
 * Reads the configuration from the environment.
 * @throws ConfigError when a variable is wrong, or when production would run on development secrets
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`配置有误，请对照 .env.example 修改：\n${lines.join('\n')}`);
  }
  refuseDevelopmentInProduction(parsed.data);
  return parsed.data;
}

/** The name of the product's database, also where the rest of the environment is not that of the product. */
export const databaseName = (env: NodeJS.ProcessEnv = process.env): string =>
  schema.shape.DATABASE_NAME.parse(env['DATABASE_NAME'] === '' ? undefined : env['DATABASE_NAME']);

/** The names of all variables; a test holds them against `.env.example`. */
export const configNames = Object.keys(schema.shape);

function refuseDevelopmentInProduction(config: Config): void {
  if (config.NODE_ENV !== 'production') return;
  const problems: string[] = [];
  if (config.SESSION_SECRET === developmentSecret)
    problems.push('SESSION_SECRET 还是开发用的值：请设为 32 位以上的随机字符串，npm run setup 会给出一个。');
  if (config.KEY_RING === undefined) problems.push('没有 KEY_RING：请运行 npm run setup 生成密钥文件，并把它的路径写进 KEY_RING。');
  if (config.PASSWORD_HASHING !== 'full') problems.push('PASSWORD_HASHING 只能在测试里用 cheap。');
  if (config.DEMO_TODAY !== undefined) problems.push('DEMO_TODAY 只能用于演示：请去掉。');
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
}
