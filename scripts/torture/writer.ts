import type { MongoClient } from 'mongodb'
import type { Random } from '../bench/search/random.js'
import { ACCOUNTS, account, COUNTER, type Item, items, shared } from './collections.js'
import type { Change, Ledger } from './ledger.js'

/** A write: what it changes among the writer's own documents, and how it is sent. */
interface Write {
  change: Change
  send(): Promise<unknown>
}

/** Increments of the counter that all share. */
export interface Counted {
  acknowledged: number
  sent: number
}

/** Draws writes of every kind for one writer; documents stay few enough to be read after each kill. */
export function writesOf(client: MongoClient, ledger: Ledger, random: Random, counted: Counted): () => Write {
  let serial = 0
  const collection = items(client)
  const own = (): Item | undefined => random.pick([...ledger.kept.values()].filter(({ moved }) => !moved))
  const words = (): string[] => Array.from({ length: random.below(5) }, () => `tag-${random.below(40)}`)

  const made = (): Item => {
    const id = `${ledger.owner}-${serial++}-${random.below(1e9)}`
    const parts = Array.from({ length: random.below(4) }, () => ({ k: random.below(20), q: `q-${random.below(9)}` }))
    const text = 'x'.repeat(random.below(10) === 0 ? random.below(20_000) : random.below(400))
    const numbers = { a: random.below(10), b: random.below(1000) }
    return { _id: id, owner: ledger.owner, u: `u-${id}`, ...numbers, tags: words(), parts, v: 0, text }
  }
  const insert = (many: number): Write => {
    const all = Array.from({ length: many }, made)
    return {
      change: changeTo(...all),
      send: () => (many === 1 ? collection.insertOne(all[0] as Item) : collection.insertMany(all)),
    }
  }
  const update = (item: Item): Write => {
    const [a, tag] = [random.below(10), `tag-${random.below(40)}`]
    return {
      change: changeTo({ ...item, a, tags: [...item.tags, tag].slice(-6), v: item.v + 1 }),
      send: () =>
        collection.updateOne(
          { _id: item._id },
          { $inc: { v: 1 }, $set: { a }, $push: { tags: { $each: [tag], $slice: -6 } } },
        ),
    }
  }
  const replace = (item: Item): Write => {
    const next = { ...made(), _id: item._id, v: item.v + 1 }
    return {
      change: changeTo(next),
      send: () => collection.findOneAndReplace({ u: item.u, v: item.v }, next),
    }
  }
  const updateMany = (): Write => {
    const a = random.below(10)
    const concerned = [...ledger.kept.values()].filter((item) => item.a === a)
    return {
      change: changeTo(...concerned.map((item) => ({ ...item, b: item.b + 1, v: item.v + 1 }))),
      send: () => collection.updateMany({ owner: ledger.owner, a }, { $inc: { b: 1, v: 1 } }),
    }
  }
  const remove = (gone: readonly Item[]): Write => ({
    change: new Map(gone.map(({ _id }) => [_id, null])),
    send: () =>
      gone.length === 1
        ? collection.deleteOne({ _id: gone[0]?._id as string })
        : collection.deleteMany({ _id: { $in: gone.map(({ _id }) => _id) } }),
  })
  /** Moves money between accounts that others move as well, notes it, and puts a document in place of another. */
  const move = (tally: Item, old: Item): Write => {
    const [from, to, amount] = [random.below(ACCOUNTS), random.below(ACCOUNTS), 1 + random.below(50)]
    const moved = (tally.moved ?? []).map((sum, n) => sum + (n === to ? amount : 0) - (n === from ? amount : 0))
    const [noted, next] = [{ ...tally, moved, v: tally.v + 1 }, made()]
    return {
      change: new Map([...changeTo(noted, next), [old._id, null]]),
      send: () =>
        client.withSession((session) =>
          session.withTransaction(async () => {
            await shared(client).updateOne({ _id: account(from) }, { $inc: { n: -amount } }, { session })
            await collection.updateOne({ _id: tally._id }, { $set: { moved }, $inc: { v: 1 } }, { session })
            await collection.insertOne(next, { session })
            await collection.deleteOne({ _id: old._id }, { session })
            await shared(client).updateOne({ _id: account(to) }, { $inc: { n: amount } }, { session })
          }),
        ),
    }
  }
  /** Two documents exchange their unique keys, which only a transaction can do. */
  const exchange = (left: Item, right: Item): Write => ({
    change: changeTo({ ...left, u: right.u, v: left.v + 1 }, { ...right, u: left.u, v: right.v + 1 }),
    send: () =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const set = (item: Item, u: string) =>
            collection.updateOne({ _id: item._id }, { $set: { u }, $inc: { v: 1 } }, { session })
          await set(left, `free-${left._id}`)
          await set(right, left.u)
          await collection.updateOne({ _id: left._id }, { $set: { u: right.u } }, { session })
        }),
      ),
  })
  const count = (): Write => ({
    change: new Map(),
    async send() {
      counted.sent++
      await shared(client).updateOne({ _id: COUNTER }, { $inc: { n: 1 } })
      counted.acknowledged++
    },
  })

  return () => {
    const [one, other] = [own(), own()]
    const drawn = random.below(100)
    if (!one || !other || drawn < 20) return insert(1)
    if (drawn < 30) return insert(2 + random.below(30))
    if (drawn < 50) return update(one)
    if (drawn < 58) return replace(one)
    if (drawn < 62) return updateMany()
    if (drawn < 72) return remove([one])
    if (drawn < 76) return remove(removable(ledger))
    const tally = ledger.kept.get(tallyOf(ledger.owner)._id)
    if (tally && drawn < 86) return move(tally, one)
    if (drawn < 92 && one !== other) return exchange(one, other)
    return count()
  }
}

const changeTo = (...all: Item[]): Change => new Map(all.map((item) => [item._id, item]))

/** The older ones of more than 100, so that the store does not grow without end. */
function removable({ kept }: Ledger): Item[] {
  const all = [...kept.values()].filter(({ moved }) => !moved)
  return all.slice(0, Math.max(1, all.length - 100))
}

/** The document in which a writer notes its moves, before the first. */
export function tallyOf(owner: number): Item {
  const moved = Array.from({ length: ACCOUNTS }, () => 0)
  return { _id: `tally-${owner}`, owner, u: `tally-${owner}`, a: 0, b: 0, tags: [], parts: [], v: 0, text: '', moved }
}
