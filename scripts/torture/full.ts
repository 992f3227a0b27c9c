import { rmSync } from 'node:fs'
import type { Report } from '../bench/figures.js'
import { randomFrom } from '../bench/search/random.js'
import { findingsRow, HEADS, type TortureOptions } from './findings.js'
import { Ordeal } from './ordeal.js'
import { ownDisk } from './own-disk.js'
import { callersDisk, type SmallDisk } from './small-disk.js'
import { full, readOnly } from './trouble.js'

/** Each so many rounds, from the second on, the file system goes read-only instead of being filled. */
const READ_ONLY_EACH = 4
/** Each so many rounds the database is started anew while it is full. */
const RESTART_EACH = 3
/** Each so many rounds the data begins anew: a database that has been filled keeps its size, and would soon be all there is on the disk. */
const ANEW_EACH = 10

export interface FullOptions extends TortureOptions {
  /** On a small file system of the caller's; without it one is mounted. */
  folder?: string
}

/** Takes the database's room away under its writers, or the right to write, and gives it back; again and again on the same data. */
export async function fillAgainAndAgain({ folder, ...options }: FullOptions): Promise<Report> {
  const disk = folder === undefined ? await ownDisk() : callersDisk(folder)
  try {
    return await troubleAgainAndAgain(disk, options)
  } finally {
    disk.release()
  }
}

async function troubleAgainAndAgain(disk: SmallDisk, options: TortureOptions): Promise<Report> {
  const { rounds, writers, seed, onProgress } = options
  const random = randomFrom(seed)
  const fills = full(disk, random)
  const locks = disk.readOnly && readOnly(disk.readOnly)
  const counted = { acknowledged: 0, refused: 0, opened: 0, notOpened: 0 }
  const problems: string[] = []
  let locked = 0
  let ordeal = await Ordeal.begin(disk.folder, writers, seed, random, counted)
  try {
    for (let round = 1; round <= rounds; round++) {
      if (round % ANEW_EACH === 0) {
        await ordeal.end()
        rmSync(disk.folder, { recursive: true })
        ordeal = await Ordeal.begin(disk.folder, writers, seed + round, random, counted)
      }
      const trouble = (round % READ_ONLY_EACH === 2 && locks) || fills
      if (trouble === locks) locked++
      const found = await ordeal.meet(trouble, round % RESTART_EACH === 0)
      for (const problem of found) onProgress(`round ${round}: ${problem}`)
      problems.push(...found)
      if (round % 10 === 0) onProgress(`${round} rounds, ${counted.acknowledged} writes acknowledged`)
    }
  } finally {
    await ordeal.end()
  }
  const known = findingsRow(problems)
  const others = problems.length - known.reduce((sum, count) => sum + Number(count), 0)
  return {
    rows: [
      [
        'full',
        'read-only',
        'acknowledged',
        'refused',
        'starts within',
        'refused, and said',
        ...HEADS,
        'other findings',
      ],
      [
        ...[rounds - locked, locked, counted.acknowledged, counted.refused, counted.opened, counted.notOpened].map(
          String,
        ),
        ...[...known, String(others)],
      ],
    ],
    fine: problems.length === 0,
    notes: [...disk.notes, `seed ${seed}, ${writers} writers`],
  }
}
