import type { Connection } from 'mongoose'
import type { ListingType } from './duplicates.model.js'
import { blocksOf, pairsIn } from './pairing.rules.js'
import { printRepository } from './prints.repository.js'

/** How many pairs are looked at when those are that share a key. */
export async function comparedByKeys(db: Connection, parkId: string, type: ListingType): Promise<number> {
  const all = await printRepository(db).all(parkId, type)
  return pairsIn(blocksOf(all).values()).compared
}

/** Each of the first `sample` listings held against each: how many pairs that is, and how long it takes in ms. */
export async function comparedEachWithEach(db: Connection, parkId: string, type: ListingType, sample: number) {
  const some = (await printRepository(db).all(parkId, type)).slice(0, sample)
  const began = performance.now()
  const { compared } = pairsIn([some])
  return { compared, took: performance.now() - began }
}
