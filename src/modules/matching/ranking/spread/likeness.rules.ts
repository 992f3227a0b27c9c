import type { FirmFacts } from '../firm-facts.rules.js'

/** What two firms may have in common, and how much each makes them alike; together 1. */
const PARTS = { services: 0.5, sectors: 0.25, reach: 0.15, prices: 0.1 }

/**
 * How much alike two firms are to somebody who chooses between them, 0 to 1, from what both have stated: what one of them leaves
 * open makes them no more alike. Two entries of one organisation are the same choice twice.
 */
export function likeness(a: FirmFacts, b: FirmFacts): number {
  if (isSameOrganisation(a, b)) return 1
  return (
    PARTS.services * shared(idsOf(a), idsOf(b)) +
    PARTS.sectors * shared(a.sectors, b.sectors) +
    PARTS.reach * shared(reachOf(a), reachOf(b)) +
    PARTS.prices * alikeInPrice(a, b)
  )
}

const isSameOrganisation = (a: FirmFacts, b: FirmFacts) =>
  (a.organisation !== null && a.organisation === b.organisation) || (a.name !== '' && a.name === b.name)

const idsOf = ({ services }: FirmFacts) => services.filter(({ by }) => by !== 'mention').map(({ id }) => id)

const reachOf = ({ wards, provinces }: FirmFacts) => [...wards, ...provinces]

/** What both have, as a share of what either has (Jaccard); 0 where neither has any. */
function shared(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((one) => b.includes(one)).length
  return both === 0 ? 0 : both / (a.length + b.length - both)
}

/** Of the services that both put a price on, the share whose prices overlap. */
function alikeInPrice(a: FirmFacts, b: FirmFacts): number {
  const overlaps = a.services.flatMap(({ id, price }) => {
    const other = b.services.find((one) => one.id === id)?.price
    if (!other || price.from === null || other.from === null) return []
    return [price.from <= (other.to ?? Infinity) && other.from <= (price.to ?? Infinity)]
  })
  return overlaps.length === 0 ? 0 : overlaps.filter(Boolean).length / overlaps.length
}
