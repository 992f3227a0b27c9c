import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ParkContext } from '../../../kernel/park.js'
import { VISITOR } from '../../../kernel/permissions.js'
import { PROJECT_ROOT } from '../../../platform/project-root.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { DEMONSTRATION } from '../../demonstration/index.js'
import { type JudgedAnswer, type JudgedFigures, judgedFigures, openJudgedSet } from '../../evaluation/index.js'
import type { Matcher, RankedAnswer } from '../../matching/index.js'
import type { Compared } from './live-needs.js'

export interface JudgedNeedsDeps {
  records: Pick<RecordRepository, 'each'>
  matcher: Pick<Matcher, 'rankBy'>
}

export interface JudgedEffect {
  now: JudgedFigures
  next: JudgedFigures
  /** How many needs were asked, each in two voices. */
  needs: number
}

// Comes with the project's tests, which an installation may have been made without.
const FILE = join(PROJECT_ROOT, 'test/eval/judged/needs.json')

/** The carefully written and the hasty: all four would have somebody wait twice as long and tell him little more. */
const ASKED = ['accented', 'chatty'] as const

/**
 * How good the answers to the judged needs are by both; null where they cannot be judged, since the set or the firms that it is
 * about are not here. Only the half that may be tuned on is asked: the other would be worth nothing once it were looked at.
 */
export async function judgedEffect(
  { records, matcher }: JudgedNeedsDeps,
  park: ParkContext,
  { now, next }: Compared,
): Promise<JudgedEffect | null> {
  if (!existsSync(FILE)) return null
  const firms = await judgedFirms(records, park)
  const needs = (await openJudgedSet(FILE)).filter(({ half }) => half === 'tuning')
  const ids = new Set(firms.values())
  if (!needs.every(({ grades }) => [...grades.keys()].every((id) => ids.has(id)))) return null

  const answers: Record<'now' | 'next', JudgedAnswer[]> = { now: [], next: [] }
  for (const need of needs) {
    for (const voice of ASKED) {
      const [before, after] = await matcher.rankBy(VISITOR, park, { text: need.text[voice] }, [now, next])
      const answer = ({ ranked, nobody }: RankedAnswer): JudgedAnswer => ({
        ...{ need, voice, nobody },
        ranking: ranked.flatMap(({ id }) => firms.get(id) ?? []),
      })
      answers.now.push(answer(before))
      answers.next.push(answer(after))
    }
  }
  return { now: judgedFigures(answers.now, [...ids]), next: judgedFigures(answers.next, [...ids]), needs: needs.length }
}

/** The names in the set of the firms that are listed here, by their ids. */
async function judgedFirms(records: JudgedNeedsDeps['records'], park: ParkContext): Promise<Map<string, string>> {
  const firms = new Map<string, string>()
  for await (const { id, parkId, externalId, published, archivedAt } of records.each('provider', DEMONSTRATION)) {
    if (parkId === park.id && externalId && published && !archivedAt) firms.set(id, externalId)
  }
  return firms
}
