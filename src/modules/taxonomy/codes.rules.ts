import type { TaxonomyView } from './taxonomy.service.js'
import type { TermKind } from './taxonomy.types.js'

/** Where contents of listings and needs hold ids of services and sectors; each kind of record has some of these fields. */
interface Coded {
  services?: readonly (string | { readonly service: string })[]
  sectors?: readonly string[]
  sector?: string
  cases?: readonly { readonly service?: string; readonly sector?: string }[]
}

/** Gives the id that is to stand in the place of this one. */
export type Recode = (kind: TermKind, id: string) => string

/** The content with other ids; the very same value when none differs. Two that become one are one, the first stays. */
export function recoded<C>(content: C, recode: Recode): C {
  const coded = content as Coded
  if (!coded || !codesOf(coded).some(({ kind, id }) => recode(kind, id) !== id)) return content
  const service = (id: string) => recode('service', id)
  const sector = (id: string) => recode('sector', id)
  return {
    ...content,
    ...(coded.services && {
      services: uniqueBy(
        coded.services.map((one) =>
          typeof one === 'string' ? service(one) : { ...one, service: service(one.service) },
        ),
        (one) => (typeof one === 'string' ? one : one.service),
      ),
    }),
    ...(coded.sectors && { sectors: [...new Set(coded.sectors.map(sector))] }),
    ...(coded.sector !== undefined && { sector: sector(coded.sector) }),
    ...(coded.cases && {
      cases: coded.cases.map((one) => ({
        ...one,
        ...(one.service !== undefined && { service: service(one.service) }),
        ...(one.sector !== undefined && { sector: sector(one.sector) }),
      })),
    }),
  }
}

/** Every service and sector that a content names, as often as it does. */
export function codesOf(content: unknown): { kind: TermKind; id: string }[] {
  const { services = [], sectors = [], sector, cases = [] } = (content ?? {}) as Coded
  const of = (kind: TermKind, ids: readonly (string | undefined)[]) =>
    ids.flatMap((id) => (id === undefined ? [] : [{ kind, id }]))
  return [
    ...of(
      'service',
      services.map((one) => (typeof one === 'string' ? one : one.service)),
    ),
    ...of('sector', [...sectors, sector]),
    ...cases.flatMap((one) => [...of('service', [one.service]), ...of('sector', [one.sector])]),
  ]
}

interface Versions {
  published: unknown
  working: unknown
}

/** A record in which retired services and sectors are read as their successors. */
export function withSuccessors<R extends Versions>(record: R, view: TaxonomyView | null): R {
  if (!view?.taxonomy.retired?.length) return record
  return recodedRecord(record, view.current)
}

/** A record with other ids in both its versions; the very same value when none differs. */
export function recodedRecord<R extends Versions>(record: R, recode: Recode): R {
  const published = recoded(record.published, recode)
  const working = recoded(record.working, recode)
  return published === record.published && working === record.working ? record : { ...record, published, working }
}

function uniqueBy<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  const seen = new Set<string>()
  return list.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)))
}
