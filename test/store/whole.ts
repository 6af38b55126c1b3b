import { expect } from 'chai';
import type { MongoClient } from 'mongodb';

/** Has every collection and the store itself compared with themselves. */
export async function expectWhole(client: MongoClient): Promise<void> {
  const differences = [...((await client.db('admin').command({ validateStore: 1 }))['errors'] as string[])];
  for (const { name } of (await client.db('admin').admin().listDatabases()).databases) {
    for (const collection of await client.db(name).listCollections({}, { nameOnly: true }).toArray()) {
      const { errors } = (await client.db(name).command({ validate: collection.name })) as unknown as { errors: string[] };
      differences.push(...errors.map((text) => `${name}.${collection.name}: ${text}`));
    }
  }
  expect(differences).to.deep.equal([]);
}
