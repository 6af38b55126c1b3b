/** Runs the start of a process; what stops it is said in one sentence, with the mend, instead of a stack. */
export async function startOrSay(start: () => Promise<void>, what = '没能启动'): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`\n${what}：${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
