import type { Reason } from '../reasons/reason.types.js'

/** A fact that a firm could add, and the part of its profile where it stands. */
export interface MissingFact {
  fact: 'services' | 'prices' | 'weeks' | 'cases' | 'sectors' | 'places' | 'languages'
  section: 'services' | 'cases' | 'reach' | 'credentials'
  /** Needs that ask about it. */
  count: number
}

const SECTIONS: Readonly<Record<MissingFact['fact'], MissingFact['section']>> = {
  services: 'services',
  prices: 'services',
  weeks: 'services',
  cases: 'cases',
  sectors: 'reach',
  places: 'reach',
  languages: 'credentials',
}

/** What a firm has not stated and these needs ask about, by how many of them do; where as many do, the one that weighs more. */
export function missingFacts(needs: readonly { reasons: readonly Reason[] }[]): MissingFact[] {
  const found = new Map<MissingFact['fact'], { count: number; weight: number }>()
  for (const { reasons } of needs) {
    const here = new Map(reasons.flatMap((reason) => factIn(reason).map((fact) => [fact, reason.weight] as const)))
    for (const [fact, weight] of here) {
      const before = found.get(fact) ?? { count: 0, weight: 0 }
      found.set(fact, { count: before.count + 1, weight: before.weight + weight })
    }
  }
  return [...found]
    .sort(([, a], [, b]) => b.count - a.count || b.weight - a.weight)
    .map(([fact, { count }]) => ({ fact, section: SECTIONS[fact], count }))
}

/** A service that is only read from the firm's text is not stated either: nobody can filter by it, nor compare its price. */
function factIn({ status, detail }: Reason): MissingFact['fact'][] {
  const { criterion, kind } = detail
  if (criterion === 'service') return ['about', 'mentioned', 'unstated'].includes(kind) ? ['services'] : []
  if (status !== 'unknown') return []
  switch (criterion) {
    case 'budget':
      return ['prices']
    case 'delivery':
      return kind === 'passed' ? [] : ['weeks']
    case 'evidence':
      return kind === 'none' ? ['cases'] : []
    case 'sector':
      return ['sectors']
    case 'place':
      return ['places']
    case 'language':
      return ['languages']
    default:
      return []
  }
}
