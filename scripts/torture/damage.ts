import { closeSync, cpSync, existsSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { readWal } from '../../src/platform/db/builtin/storage/wal-file.js'
import type { Report } from '../bench/figures.js'
import { type Random, randomFrom } from '../bench/search/random.js'
import { findingsRow, HEADS, type TortureOptions } from './findings.js'
import { type Look, look } from './look.js'
import { type Site, sites } from './sites.js'

/** Damaged so often, a copy each time, before the database is written to and killed anew. */
const PER_SITE = 20

const WAL = 'database.sqlite-wal'
const WAL_HEADER_BYTES = 32
const FRAME_BYTES = 24 + 4096

/** What is done to a copy of the folder; the second says which outcomes would be wrong, beside those that always are. */
interface Damage {
  name: string
  /** @returns whether all that was acknowledged must still be there; null where there was nothing to damage */
  inflict(folder: string, random: Random): boolean | null
  judge(found: Look, untouched: boolean): string[]
}

/** Cuts the log off at a random byte, a fifth of them behind the last commit. */
const cut: Damage = {
  name: 'log cut',
  inflict(folder, random) {
    const file = join(folder, WAL)
    const end = endOfCommits(file)
    if (end === null) return null
    const behind = statSync(file).size - end
    const at = random.below(5) === 0 ? end + random.below(behind + 1) : random.below(end)
    truncateSync(file, at)
    return at >= end
  },
  judge: ({ outcome, told }, untouched) =>
    untouched && outcome !== 'all' ? [`lost: the log was cut behind its last commit, ${outcome}: ${told[0]}`] : [],
}

/** Turns a bit of a file round; silence is wrong unless all is there. */
const flip = (file: string): Damage => ({
  name: `bit of ${file}`,
  inflict(folder, random) {
    const path = join(folder, file)
    const end = file === WAL ? endOfCommits(path) : existsSync(path) && statSync(path).size
    if (!end) return null
    const fd = openSync(path, 'r+')
    const at = random.below(end)
    const byte = Buffer.alloc(1)
    readSync(fd, byte, 0, 1, at)
    byte[0] = (byte[0] ?? 0) ^ (1 << random.below(8))
    writeSync(fd, byte, 0, 1, at)
    closeSync(fd)
    return false
  },
  judge: ({ outcome, told }) => (outcome === 'earlier' && told.length === 0 ? ['lost: and nothing was said'] : []),
})

export const cutTheLog = (options: TortureOptions): Promise<Report> => damageAgainAndAgain(options, [cut])

export const flipBits = (options: TortureOptions): Promise<Report> =>
  damageAgainAndAgain(options, [WAL, 'database.sqlite', 'database.sums'].map(flip))

/** Where the last commit of a log ends, in bytes; null without one. */
function endOfCommits(file: string): number | null {
  const frames = readWal(file)?.frames ?? 0
  return frames === 0 ? null : WAL_HEADER_BYTES + frames * FRAME_BYTES
}

async function damageAgainAndAgain(
  { rounds, writers, seed, onProgress }: TortureOptions,
  damages: readonly Damage[],
): Promise<Report> {
  const random = randomFrom(seed)
  const tallies = new Map(
    damages.map((damage) => [damage, { tried: 0, all: 0, earlier: 0, refused: 0, problems: [] as string[] }]),
  )
  const perSite = PER_SITE * damages.length
  let done = 0
  for await (const site of sites(Math.ceil(rounds / PER_SITE), writers, seed)) {
    for (let trial = 0; trial < perSite; trial++) {
      const damage = damages[trial % damages.length] as Damage
      const found = tryOnce(site, damage, random)
      const tally = tallies.get(damage)
      if (!found || !tally) continue
      tally.tried++
      tally[found.outcome]++
      tally.problems.push(...found.problems)
      for (const problem of found.problems) onProgress(`${damage.name}: ${problem}`)
    }
    done += PER_SITE
    onProgress(`${done} rounds`)
  }
  return {
    rows: [
      ['damage', 'times', 'all there', 'up to some commit', 'refused', ...HEADS],
      ...[...tallies].map(([{ name }, { tried, all, earlier, refused, problems }]) => [
        ...[name, ...[tried, all, earlier, refused].map(String), ...findingsRow(problems)],
      ]),
    ],
    fine: [...tallies.values()].every(({ problems, tried }) => problems.length === 0 && tried > 0),
    notes: [`seed ${seed}, ${writers} writers`],
  }
}

function tryOnce(site: Site, damage: Damage, random: Random): Look | null {
  const trial = `${site.folder}-trial`
  rmSync(trial, { recursive: true, force: true })
  cpSync(site.folder, trial, { recursive: true })
  const untouched = damage.inflict(trial, random)
  if (untouched === null) return null
  const found = look(trial, site)
  return { ...found, problems: [...found.problems, ...damage.judge(found, untouched)] }
}
