import type { Understood } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Detail, Judgement, Status } from './judgement.types.js'
import type { Weights } from './weights.js'

type PlaceDetail = Extract<Detail, { criterion: 'place' }>

/**
 * Whether the firm comes to where the need is, or need not come; null when the need names neither a ward nor how. `provinceOf`
 * gives a ward's province.
 */
export function judgePlace(
  { ward, onSite }: Pick<Understood, 'ward' | 'onSite'>,
  firm: FirmFacts,
  weights: Weights,
  provinceOf: (ward: string) => string | undefined,
): Judgement | null {
  if (!ward && !onSite) return null
  const [status, kind] = ward
    ? atWard(ward.code, onSite?.value, firm, provinceOf(ward.code))
    : onSite?.value
      ? visits(firm)
      : fromAfar(firm)
  const detail: PlaceDetail = { criterion: 'place', kind, ward: ward?.code ?? null }
  return { status, value: weights.value[status], weight: weights.criteria.place, detail }
}

type Verdict = [Status, PlaceDetail['kind']]

function atWard(ward: string, onSite: boolean | undefined, firm: FirmFacts, province: string | undefined): Verdict {
  if (onSite && firm.onSite === false) return ['unmet', 'noVisits']
  if (firm.wards.includes(ward)) return ['met', 'ward']
  if (province !== undefined && firm.provinces.includes(province)) return ['met', 'province']
  if (firm.remote) return onSite ? statedElsewhere(firm) : onSite === false ? ['met', 'remote'] : ['partly', 'remote']
  return statedElsewhere(firm)
}

const statedElsewhere = ({ wards, provinces }: FirmFacts): Verdict =>
  wards.length + provinces.length > 0 ? ['unmet', 'elsewhere'] : ['unknown', 'unstated']

function visits({ onSite }: FirmFacts): Verdict {
  if (onSite === null) return ['unknown', 'unstated']
  return onSite ? ['met', 'visits'] : ['unmet', 'noVisits']
}

function fromAfar({ remote, onSite }: FirmFacts): Verdict {
  if (remote) return ['met', 'remote']
  return onSite ? ['met', 'visits'] : ['unknown', 'unstated']
}
