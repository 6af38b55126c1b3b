import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { projectRoot } from '../../server/platform/projectRoot.js';

/** How a command of ours ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A running command; `said` resolves once its output holds a text, and rejects when it ends without. */
export interface Running {
  readonly ended: Promise<Ended>;
  said(text: string): Promise<void>;
  stop(): Promise<Ended>;
}

/** Starts a program of the project in a process of its own, with these settings and nothing else of ours in its environment. */
export function startCommand(file: string, args: readonly string[], settings: Readonly<Record<string, string>>): Running {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => {
      resolve({ code, ...said });
    }),
  );
  return {
    ended,
    said: (text) => heard(child, said, text),
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Runs a program of the project to its end. */
export async function runCommand(file: string, args: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ended> {
  return startCommand(file, args, settings).ended;
}

function heard(child: ChildProcess, said: { out: string; err: string }, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (said.out.includes(text)) resolve();
    };
    child.stdout?.on('data', look);
    child.on('close', () => {
      reject(new Error(`ended without saying ${text}: ${said.out}${said.err}`));
    });
    look();
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
