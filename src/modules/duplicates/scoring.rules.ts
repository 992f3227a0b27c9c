import { inAnyOrder, joined, likeness, type NormalName } from './names.rules.js'
import { type Print, taxRoot } from './prints.rules.js'

/** Why two listings may be one; a key of the catalogue `duplicates.reasons`. */
export const REASONS = [
  ...(['taxCode', 'branch', 'name', 'likeName', 'phone', 'mail', 'domain', 'address', 'ward'] as const),
  ...(['otherTaxCode'] as const),
] as const
export type Reason = (typeof REASONS)[number]

export interface Score {
  /** 0 to 1. */
  score: number
  /** The strongest first. */
  reasons: readonly Reason[]
}

/** From here on two are shown as a pair, and from there on they are put before the curators. */
export const SHOWN_FROM = 0.5
export const SUSPECTED_FROM = 0.75

/** How far each reason alone speaks for it. Measured with the labelled pairs of the tests. */
const WEIGHTS: Readonly<Record<Exclude<Reason, 'otherTaxCode' | 'name' | 'likeName'>, number>> = {
  ...{ taxCode: 0.95, branch: 0.45, phone: 0.5, mail: 0.5, domain: 0.5, address: 0.35, ward: 0.15 },
}
/** Two tax codes that differ speak against it, whatever else is alike. */
const OTHER_TAX_CODE = 0.55
const ALIKE = 0.8

/** How likely two listings are one, by all that they share. The reasons add up as independent ones do. */
export function scorePair(a: Print, b: Print): Score {
  const found: [Reason, number][] = []
  const shared = (reason: keyof typeof WEIGHTS, left: readonly string[], right: readonly string[]) => {
    if (left.some((value) => right.includes(value))) found.push([reason, WEIGHTS[reason]])
  }
  const tax = taxRelation(a, b)
  if (tax === 'taxCode' || tax === 'branch') found.push([tax, WEIGHTS[tax]])
  const named = nameReason(a, b)
  if (named) found.push(named)
  shared('phone', a.phones, b.phones)
  shared('mail', a.mails, b.mails)
  shared('domain', a.domains, b.domains)
  shared('address', a.addresses, b.addresses)
  // A ward has hundreds of businesses; it only counts with a name.
  if (named) shared('ward', a.wards, b.wards)
  const doubt = found.reduce((rest, [, weight]) => rest * (1 - weight), 1)
  const score = (1 - doubt) * (tax === 'otherTaxCode' ? OTHER_TAX_CODE : 1)
  const reasons = found.sort(([, one], [, other]) => other - one).map(([reason]) => reason)
  return { score: Math.round(score * 100) / 100, reasons: tax === 'otherTaxCode' ? [...reasons, tax] : reasons }
}

function taxRelation({ taxCodes: a }: Print, { taxCodes: b }: Print): 'taxCode' | 'branch' | 'otherTaxCode' | null {
  if (a.length === 0 || b.length === 0) return null
  if (a.some((code) => b.includes(code))) return 'taxCode'
  return a.some((code) => b.some((other) => taxRoot(code) === taxRoot(other))) ? 'branch' : 'otherTaxCode'
}

function nameReason(a: Print, b: Print): [Reason, number] | null {
  let best: [Reason, number] | null = null
  for (const one of a.names) {
    for (const other of b.names) {
      const found = sameName(one, other)
      if (found && (!best || found[1] > best[1])) best = found
    }
  }
  return best
}

/** A name made of trade words alone ("Dịch vụ nông nghiệp") says little even where it is the same. */
function sameName(a: NormalName, b: NormalName): [Reason, number] | null {
  const telling = a.core.join('').length >= 4 && b.core.join('').length >= 4
  if (joined(a) === joined(b) || inAnyOrder(a.words) === inAnyOrder(b.words)) return ['name', telling ? 0.75 : 0.4]
  const like = likeness(a, b)
  if (like < ALIKE) return null
  return ['likeName', telling ? 0.5 : 0.25]
}
