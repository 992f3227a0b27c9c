import type { Lang } from '../../../kernel/text.js'
import { fieldErrors } from '../../../platform/http/issues.js'
import { Cells } from '../cells.js'
import type { Given, Target } from '../columns.rules.js'
import { originOf } from '../forms/record-form.js'
import type { RowProblem } from '../importing.types.js'
import type { Lookup } from '../lookup.rules.js'
import { canonical } from '../prepare.rules.js'
import type { ListingTable } from '../tables/listing-table.js'

/** A row's cells by the field they stand for. */
export interface GivenCell extends Target {
  text: string
}

export type Patched<C> = { ok: true; content: C; changed: boolean } | { ok: false; problems: RowProblem[] }

/**
 * The content of a listing that is there, with what a row says otherwise. A cell that holds what an export would write there
 * says nothing, so that a table that comes back as it went out changes nothing, whatever a table has no room for.
 */
export function patched<C>(
  table: ListingTable<C>,
  before: C,
  cells: readonly GivenCell[],
  line: number,
  lookup: Lookup,
): Patched<C> {
  const differing = cells.filter((one) => differs(table, before, one))
  if (differing.length === 0) return { ok: true, content: before, changed: false }
  const problems: RowProblem[] = []
  const given = withTheirOthers(table, before, cells, differing)
  const reader = new Cells(given, table.form.texts, (field, code, params) => {
    if (!problems.some((p) => p.field === field && p.code === code))
      problems.push({ line, field, code, ...(params && { params }) })
  })
  const said = (table.form.assemble(reader, lookup) ?? {}) as Tree
  const next = structuredClone(before) as Tree
  const changed = new Set(differing.map(({ field }) => field))
  for (const one of differing) take(table, next, said, one, changed)
  const parsed = table.form.schema.safeParse(next)
  if (!parsed.success) {
    for (const { field, code, params } of fieldErrors(parsed.error.issues, next)) {
      const origin = originOf(field, table.form.origins, reader)
      if (!problems.some((p) => p.field === origin)) reader.report(origin, code, params)
    }
  }
  if (problems.length > 0 || !parsed.success) return { ok: false, problems }
  // As it will be stored: without what is undefined.
  const content = JSON.parse(JSON.stringify(parsed.data)) as C
  return { ok: true, content, changed: canonical(content) !== canonical(before) }
}

type Tree = Record<string, unknown>

function differs<C>(table: ListingTable<C>, before: C, { field, lang, text }: GivenCell): boolean {
  const columns = table.columns.filter((one) => one.field === field && (lang === null || one.lang === lang))
  return !columns.some((one) => lines(one.write(before)) === lines(text))
}

/** Line ends as they are read: programs write them as they please. */
const lines = (text: string) => text.replace(/\r\n?/g, '\n').trim()

/** The cells that differ, and those that are read together with them: from the row, else as they would be exported. */
function withTheirOthers<C>(
  table: ListingTable<C>,
  before: C,
  cells: readonly GivenCell[],
  differing: readonly GivenCell[],
): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>()
  const put = ({ field, lang }: Target, text: string) =>
    given.set(field, { ...given.get(field), [lang ?? 'plain']: text })
  for (const group of table.together.filter((fields) => differing.some(({ field }) => fields.includes(field)))) {
    const own = cells.filter(({ field }) => group.includes(field))
    for (const one of table.columns.filter(({ field }) => group.includes(field))) {
      if (!own.some(({ field, lang }) => field === one.field && (lang === null || lang === one.lang)))
        put(one, one.write(before))
    }
    for (const one of own) put(one, one.text)
  }
  for (const one of differing) put(one, one.text)
  return given
}

/** Takes over what the row says of one cell. */
function take<C>(table: ListingTable<C>, next: Tree, said: Tree, one: GivenCell, changed: ReadonlySet<string>): void {
  const { field, lang } = one
  if (table.form.texts.includes(field) && !Array.isArray(next[field]) && !Array.isArray(said[field])) {
    const text = (said[field] ?? {}) as Partial<Record<Lang, string>>
    const old = (next[field] ?? {}) as Partial<Record<Lang, string>>
    const [only, another] = Object.keys(old) as Lang[]
    // A column without a language says it in the listing's, where that has one alone.
    const to = lang ?? (another === undefined ? only : undefined) ?? ((Object.keys(text)[0] ?? 'vi') as Lang)
    const { [to]: _, ...rest } = old
    const words = text[to] ?? (lang === null ? Object.values(text)[0] : undefined)
    const whole = { ...rest, ...(words !== undefined && { [to]: words }) }
    set(next, [field], Object.keys(whole).length > 0 ? whole : undefined)
    return
  }
  const path = pathOf(table, field)
  const steps = path.split('.')
  const merge = table.merge?.[path]
  const value = get(said, steps)
  set(next, steps, merge ? merge(get(next, steps), value, changed) : value)
}

/** Where a field stands in the content. */
function pathOf<C>({ form, together }: ListingTable<C>, field: string): string {
  const origin = Object.entries(form.origins).find(([, fields]) => fields.includes(field))?.[0]
  return origin ?? together.find((fields) => fields.includes(field))?.[0] ?? field
}

const get = (tree: Tree, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((at, step) => (at as Tree | undefined)?.[step], tree)

function set(tree: Tree, steps: readonly string[], value: unknown): void {
  const [step = '', ...rest] = steps
  if (rest.length > 0) {
    tree[step] ??= {}
    set(tree[step] as Tree, rest, value)
  } else if (value === undefined) delete tree[step]
  else tree[step] = value
}
