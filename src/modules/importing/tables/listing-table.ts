import type { Lang, LocalText } from '../../../kernel/text.js'
import type { Target } from '../columns.rules.js'
import type { RecordForm } from '../forms/record-form.js'

/** One column of an exported table, read by an import of the same name. */
export interface TableColumn<C> extends Target {
  /** Its header: the field, with its language where it has one. */
  name: string
  write(content: C): string
}

/** How listings of one kind stand in a table. */
export interface ListingTable<C> {
  form: RecordForm<C>
  columns: readonly TableColumn<C>[]
  /** Fields that make one value together: a change of one is read with the others. */
  together: readonly (readonly string[])[]
  /** Takes one value over from what a row says; `path` as in the content. Left out: it is set as it stands. */
  merge?: Readonly<Record<string, (before: unknown, said: unknown, changed: ReadonlySet<string>) => unknown>>
}

export const column = <C>(field: string, write: (content: C) => string): TableColumn<C> => ({
  ...{ name: field, field, lang: null, write },
})

/** A text's two columns. */
export function textColumns<C>(field: string, text: (content: C) => LocalText | undefined): TableColumn<C>[] {
  return bothLanguages(field, (content, lang) => text(content)?.[lang] ?? '')
}

export function bothLanguages<C>(field: string, write: (content: C, lang: Lang) => string): TableColumn<C>[] {
  return (['vi', 'en'] as const).map((lang) => ({
    ...{ name: `${field}_${lang}`, field, lang },
    write: (content: C) => write(content, lang),
  }))
}
