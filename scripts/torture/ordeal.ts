import { setTimeout as pause } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import type { Random } from '../bench/search/random.js'
import { database, prepare } from './collections.js'
import { type Load, prepareLoad } from './load.js'
import { type OwnDatabase, startOwnDatabase } from './own-database.js'
import { type Trouble, wrongIn, wrongInStart } from './trouble.js'
import { verify } from './verify.js'

/** It is written to for up to so many milliseconds before, meanwhile and afterwards. */
const MOMENT_MS = 400
/** Within so many milliseconds writers must have been refused, and acknowledged again. */
const PATIENCE_MS = 30_000
const [LARGEST_BYTES, SMALLEST_BYTES] = [256 * 1024, 1024]

/** What came of it, over all. */
export interface Counted {
  /** Writes that were. */
  acknowledged: number
  refused: number
  /** Starts in the midst of it. */
  opened: number
  notOpened: number
}

/** A database and its writers, to which nothing can be written at times. What is wrong is told in words. */
export class Ordeal {
  private constructor(
    private own: OwnDatabase,
    private readonly client: MongoClient,
    private readonly load: Load,
    private readonly folder: string,
    private readonly random: Random,
    private readonly counted: Counted,
  ) {}

  static async begin(folder: string, writers: number, seed: number, random: Random, counted: Counted): Promise<Ordeal> {
    const own = await startOwnDatabase(folder)
    try {
      const client = await new MongoClient(own.uri).connect()
      await prepare(client)
      return new Ordeal(own, client, await prepareLoad(client, writers, seed), folder, random, counted)
    } catch (error) {
      await own.killBoth()
      throw error
    }
  }

  async end(): Promise<void> {
    await this.client.close()
    await this.own.killBoth()
  }

  /** @param restart whether the database is started anew while the trouble lasts, if it need not be anyway */
  async meet(trouble: Trouble, restart: boolean): Promise<string[]> {
    const found = [...(await this.writeInto(trouble)), ...(await this.read())]
    if (restart || !trouble.passes) found.push(...(await this.restartWithin(trouble)))
    else trouble.end()
    return [...found, ...(await this.writeAgain()), ...(await this.read())]
  }

  private async writeInto(trouble: Trouble): Promise<string[]> {
    const { load } = this
    const before = load.acknowledged
    const late: string[] = []
    const filling: unknown[] = []
    await load.run(async () => {
      await this.moment()
      if (!trouble.underUse) return
      // What is on its way to a disk at the instant in which it fails may be found there or not, whatever the system has answered.
      if (trouble.passes) trouble.begin()
      else await this.own.whileStill(trouble.begin)
      late.push(...(await this.writeUntilRefused(filling)))
      await this.moment()
    })
    const failures = [...load.failures.splice(0), ...filling]
    this.counted.acknowledged += load.acknowledged - before
    this.counted.refused += failures.length
    return [...late, ...load.problems.splice(0), ...failures.flatMap((failure) => wrongIn(failure, trouble))]
  }

  /**
   * Fills what free pages the database has, so that the others meet the end of the disk, and goes on until they have.
   * @param refused gets what it is refused itself
   */
  private async writeUntilRefused(refused: unknown[]): Promise<string[]> {
    const { failures, ledgers } = this.load
    const deadline = performance.now() + PATIENCE_MS
    let bytes = LARGEST_BYTES
    while (failures.length < ledgers.length) {
      if (performance.now() > deadline)
        return [`not refused: only ${failures.length} writes were, within ${PATIENCE_MS} ms`]
      try {
        await this.filling.insertOne({ text: 'x'.repeat(bytes) })
      } catch (error) {
        refused.push(error)
        bytes = Math.max(SMALLEST_BYTES, bytes / 4)
      }
    }
    return []
  }

  private async restartWithin(trouble: Trouble): Promise<string[]> {
    await (this.random.below(2) === 0 ? this.own.stop() : this.own.killBoth())
    // Ending it may have made room.
    if (trouble.passes || !trouble.underUse) trouble.begin()
    const found: string[] = []
    let opened = true
    try {
      this.own = await startOwnDatabase(this.folder)
      this.counted.opened++
      found.push(...(await this.read()))
    } catch (error) {
      opened = false
      this.counted.notOpened++
      found.push(...wrongInStart(error, trouble))
    }
    if (opened && !trouble.passes) await this.own.killBoth()
    trouble.end()
    if (!opened || !trouble.passes) this.own = await startOwnDatabase(this.folder)
    return found
  }

  /** Without a restart. */
  private async writeAgain(): Promise<string[]> {
    const { load } = this
    const before = load.acknowledged
    try {
      await this.filling.deleteMany({})
    } catch (error) {
      return [`not written again: ${error}`]
    }
    await load.run(() => this.moment())
    this.counted.acknowledged += load.acknowledged - before
    const failed = load.failures.splice(0).map((failure) => `not written again: ${failure}`)
    const none = load.acknowledged === before ? ['not written again: and no failure told'] : []
    return [...failed, ...none, ...load.problems.splice(0)]
  }

  private async read(): Promise<string[]> {
    try {
      return await verify(this.client, this.load)
    } catch (error) {
      return [`not read: ${error}`]
    }
  }

  private get filling() {
    return database(this.client).collection('filling')
  }

  private moment(): Promise<void> {
    return pause(this.random.below(MOMENT_MS))
  }
}
