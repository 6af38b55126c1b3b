import type { Express } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Deps } from '../wiring.js';

/** Probes for whoever runs the product: alive, ready, metrics. They hold no personal data and need no session. */
export function probeRoutes(app: Express, deps: Pick<Deps, 'db' | 'databaseDescription'>): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'xunzheng_outbox_waiting',
    help: 'events not yet delivered',
    registers: [registry],
    async collect() {
      this.set(await deps.db.collection('outbox').countDocuments({ doneAt: null }));
    },
  });

  app.get('/healthz', (_req, res) => void res.json({ status: 'ok', database: deps.databaseDescription }));
  app.get('/readyz', async (_req, res) => {
    const ready = await isReady(deps);
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'database unreachable' });
  });
  app.get('/metrics', async (_req, res) => void res.type(registry.contentType).send(await registry.metrics()));
}

async function isReady(deps: Pick<Deps, 'db'>): Promise<boolean> {
  try {
    await deps.db.getClient().db(deps.db.name).command({ ping: 1 });
    return true;
  } catch {
    return false;
  }
}
