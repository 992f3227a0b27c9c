import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FieldError } from '../../kernel/errors.js'
import type { Lang } from '../../kernel/text.js'
import { PROJECT_ROOT } from '../../platform/project-root.js'
import type { TaxonomyRepository } from './taxonomy.repository.js'
import type { Service, SizeBand, Taxonomy, Term, TermKind } from './taxonomy.types.js'

/** A taxonomy with its look-ups. */
export interface TaxonomyView {
  taxonomy: Taxonomy
  /** The service; of a retired one, its successor. */
  service(id: string): Service | undefined
  /** The sector; of a retired one, its successor. */
  sector(id: string): Term | undefined
  sizeBand(id: string): SizeBand | undefined
  /** The id that stands for this one now: that of the successor where it is retired, else itself. */
  current(kind: TermKind, id: string): string
  /** Name of a service, sector or size band, of a retired one its successor's; the id itself when it is from elsewhere. */
  name(kind: 'service' | 'sector' | 'sizeBand' | 'group', id: string, lang: Lang): string
}

export function viewOf(taxonomy: Taxonomy): TaxonomyView {
  const by = <T extends { id: string }>(list: readonly T[]) => new Map(list.map((entry) => [entry.id, entry]))
  const services = by(taxonomy.services)
  const sectors = by(taxonomy.sectors)
  const sizeBands = by(taxonomy.sizeBands)
  const retired = new Map((taxonomy.retired ?? []).map((entry) => [`${entry.kind}:${entry.id}`, entry]))
  const current = (kind: TermKind, id: string) => retired.get(`${kind}:${id}`)?.successor ?? id
  const named = { service: services, sector: sectors, sizeBand: sizeBands, group: by(taxonomy.groups) }
  return {
    taxonomy,
    service: (id) => services.get(current('service', id)),
    sector: (id) => sectors.get(current('sector', id)),
    sizeBand: (id) => sizeBands.get(id),
    current,
    name: (kind, id, lang) => {
      const asTerm = kind === 'service' || kind === 'sector' ? current(kind, id) : id
      return (named[kind].get(asTerm) ?? retired.get(`${kind}:${id}`))?.name[lang] ?? id
    },
  }
}

/** The taxonomy a new park starts with. */
export function shippedTaxonomy(): Taxonomy {
  return JSON.parse(readFileSync(join(PROJECT_ROOT, 'src/modules/taxonomy/data/taxonomy.json'), 'utf8')) as Taxonomy
}

/** The park's taxonomy in force; a park without one gets the shipped one first. */
export async function loadTaxonomy(repository: TaxonomyRepository, parkId: string): Promise<TaxonomyView> {
  const found = await repository.inForce(parkId)
  if (found) return viewOf(found)
  const shipped = shippedTaxonomy()
  await repository.addFirst(parkId, shipped)
  return viewOf(shipped)
}

/** Ids that somebody asks for, as in an old link: of retired entries those of their successors. Fields that hold no entries stay as they are. */
export const currentIds = (view: TaxonomyView, field: string, ids: readonly string[]): string[] =>
  field === 'service' || field === 'sector' ? ids.map((id) => view.current(field, id)) : [...ids]

/** Terms that a record refers to and the taxonomy does not have. */
export function unknownTerms(
  view: TaxonomyView,
  refs: { services?: readonly string[]; sectors?: readonly (string | undefined)[]; sizeBand?: string | undefined },
): FieldError[] {
  const missing = (field: string, ids: readonly (string | undefined)[], find: (id: string) => unknown): FieldError[] =>
    ids.flatMap((id) => (id !== undefined && !find(id) ? [{ field, code: 'unknownTerm', params: { value: id } }] : []))
  return [
    ...missing('services', refs.services ?? [], view.service),
    ...missing('sector', refs.sectors ?? [], view.sector),
    ...missing('sizeBand', [refs.sizeBand], view.sizeBand),
  ]
}
