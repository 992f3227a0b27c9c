import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'

/** What a request may write without anybody having done anything: who was there when. */
const PASSING = new Set(['sessions', 'sign-ins'])

/** A digest of all that is stored, by collection, to show that nothing was changed. */
export async function stateOf(db: Connection): Promise<Record<string, string>> {
  const names = (await db.listCollections()).map(({ name }) => name).filter((name) => !PASSING.has(name))
  const digests = names.sort().map(async (name) => {
    const rows = await db.collection(name).find({}).sort({ _id: 1 }).toArray()
    return [name, `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`] as const
  })
  return Object.fromEntries(await Promise.all(digests))
}
