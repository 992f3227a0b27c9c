import type { Translate } from '../../platform/i18n/translator.js'
import type { PeopleRepository } from './people.repository.js'

/** Who is meant by opaque ids, for staff: a name, the product itself, or somebody whose data is erased. */
export async function whoWas(
  people: Pick<PeopleRepository, 'byIds'>,
  ids: readonly string[],
  t: Translate,
): Promise<(id: string) => string> {
  const rows = await people.byIds([...new Set(ids)])
  const names = new Map(rows.map((row) => [row._id, row.name ?? row.email]))
  return (id) => (id.startsWith('system:') ? t('staff.who.product') : (names.get(id) ?? t('staff.who.gone')))
}
