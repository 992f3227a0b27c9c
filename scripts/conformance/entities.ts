import { type Db, type Document, GridFSBucket } from 'mongodb'
import { ObservedClient } from './observed-client.js'
import { NotRunnable } from './outcomes.js'

/** The named things of one test: clients, databases, collections, sessions, buckets, and results that were kept. */
export class Entities {
  private readonly all = new Map<string, unknown>()

  constructor(private readonly uri: string) {}

  get(name: string): unknown {
    if (!this.all.has(name)) throw new Error(`the test names no entity '${name}'`)
    return this.all.get(name)
  }

  client(name: string): ObservedClient {
    return this.get(name) as ObservedClient
  }

  set(name: string, value: unknown): void {
    this.all.set(name, value)
  }

  async create(descriptions: readonly Document[]): Promise<void> {
    for (const description of descriptions) {
      const [[kind, spec] = []] = Object.entries(description)
      const make = MAKERS[kind ?? '']
      if (!make) throw new NotRunnable(`uses an entity '${kind}'`)
      this.set(spec.id, await make(spec, this, this.uri))
    }
  }

  clients(): ObservedClient[] {
    return [...this.all.values()].filter((value) => value instanceof ObservedClient)
  }

  /** Ends what the test has opened. */
  async close(): Promise<void> {
    for (const client of this.clients()) await client.close()
  }
}

const MAKERS: Readonly<Record<string, (spec: Document, entities: Entities, uri: string) => unknown>> = {
  async client(spec, _entities, uri) {
    const client = new ObservedClient(uri, spec)
    await client.connect()
    return client
  },
  database: ({ client, databaseName, databaseOptions }, entities) =>
    entities.client(client).db(databaseName, databaseOptions),
  collection: ({ database, collectionName, collectionOptions }, entities) =>
    (entities.get(database) as Db).collection(collectionName, collectionOptions),
  session({ client, sessionOptions }, entities) {
    if (sessionOptions?.snapshotTime) throw new NotRunnable('the driver takes no time of a snapshot')
    return entities.client(client).startSession(sessionOptions)
  },
  bucket: ({ database, bucketOptions }, entities) => new GridFSBucket(entities.get(database) as Db, bucketOptions),
}
