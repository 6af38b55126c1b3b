/** The middle of several timings of the same work, in milliseconds. */
export async function median(times: number, work: () => unknown): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken.sort((a, b) => a - b)[times >> 1] ?? NaN;
}

/** How often per second `callers` at once get `work` done, after a warm-up of a tenth of the time. */
export async function perSecond(callers: number, seconds: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let n = 0;
  const until = async (end: number): Promise<void> => {
    while (performance.now() < end) await work(n++);
  };
  const round = (length: number): Promise<unknown> => {
    const end = performance.now() + length * 1000;
    return Promise.all(Array.from({ length: callers }, () => until(end)));
  };
  await round(seconds / 10);
  const [before, started] = [n, performance.now()];
  await round(seconds);
  return ((n - before) * 1000) / (performance.now() - started);
}

/** The longest of many waits, and the one that all but a hundredth stay below, while `busy` runs. */
export async function waits(busy: Promise<unknown>, work: () => Promise<unknown>): Promise<{ longest: number; p99: number }> {
  let running = true;
  const ended = busy.finally(() => {
    running = false;
  });
  const taken: number[] = [];
  while (running) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  await ended;
  taken.sort((a, b) => a - b);
  return { longest: taken.at(-1) ?? NaN, p99: taken[Math.floor(taken.length * 0.99)] ?? NaN };
}
