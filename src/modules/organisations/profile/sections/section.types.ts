import type { z } from 'zod'
import type { FieldError } from '../../../../kernel/errors.js'
import type { ConsentPurpose } from '../../../../kernel/purposes.js'
import { fieldErrors } from '../../../../platform/http/issues.js'
import type { BusinessProfile } from '../../../businesses/index.js'
import type { ProviderProfile } from '../../../providers/index.js'
import type { FormWords } from '../../forms/options.views.js'
import type { FormState, Part } from '../../forms/parts.views.js'
import type { FormTree } from '../../forms/tree.rules.js'

export type Profile = ProviderProfile | BusinessProfile

/** A form ready to be written: `apply` puts what it says into a profile. */
export type Parsed<Apply> = { ok: true; apply: Apply } | { ok: false; errors: FieldError[] }

interface SectionBase {
  name: string
  /** The fields of the profile that it writes, and no other. */
  keys: readonly string[]
}

/** What somebody has to agree to before some of what he writes is kept: a box of the form named `consent`. */
export interface Agreement<P> {
  purpose: ConsentPurpose
  /** Whether what he makes of the profile wants it. */
  wanted(before: P, after: P): boolean
}

/** A part of a profile that is one form. */
export interface FieldSection<P> extends SectionBase {
  kind: 'fields'
  agreement: Agreement<P> | null
  /** What stands in the form. */
  read(profile: P): FormTree
  parse(tree: FormTree, words: FormWords): Parsed<(profile: P) => P>
  /** `more` names the rows that are to have empty ones added. */
  parts(form: FormState, words: FormWords, more: string | null): Part[]
}

/** A part of a profile that is a list; each of its items is a form. */
export interface ItemSection<P> extends SectionBase {
  kind: 'items'
  most: number
  /** Whether the first of them counts for more, so that the order is worth choosing. */
  ordered: boolean
  summaries(profile: P, words: FormWords): { title: string; facts: string[] }[]
  /** What stands in the form of each item. */
  read(profile: P): FormTree[]
  /** `apply` puts the item in the place of another, or at the end for null. `others` are those it must not repeat. */
  parse(tree: FormTree, words: FormWords, others: readonly FormTree[]): Parsed<(profile: P, at: number | null) => P>
  parts(form: FormState, words: FormWords): Part[]
  without(profile: P, at: number): P
  first(profile: P, at: number): P
}

export type Section<P> = FieldSection<P> | ItemSection<P>

/** Makes a section from the fields it owns: what its schema reads is put over the profile, and what it leaves out goes. */
export function fieldSection<P extends Profile, S extends z.ZodType<Partial<P>>>(spec: {
  name: string
  schema: S
  /** The fields of the profile that this form, and no other, writes. */
  keys: readonly (keyof P)[]
  read(profile: P): FormTree
  check?(read: z.output<S>, words: FormWords): FieldError[]
  parts: FieldSection<P>['parts']
  agreement?: Agreement<P>
}): FieldSection<P> {
  return {
    kind: 'fields',
    name: spec.name,
    keys: spec.keys.map(String),
    agreement: spec.agreement ?? null,
    read: spec.read,
    parts: spec.parts,
    parse: (tree, words) => {
      const result = spec.schema.safeParse(tree)
      if (!result.success) return { ok: false, errors: fieldErrors(result.error.issues, tree) }
      const errors = spec.check?.(result.data, words) ?? []
      if (errors.length > 0) return { ok: false, errors }
      return {
        ok: true,
        apply: (profile) => {
          const kept = Object.entries(profile).filter(([key]) => !spec.keys.includes(key as keyof P))
          return { ...Object.fromEntries(kept), ...result.data } as P
        },
      }
    },
  }
}

/** Makes a section from the list of a profile that it keeps. */
export function itemSection<P extends Profile, I, S extends z.ZodType<I>>(spec: {
  name: string
  most: number
  ordered?: boolean
  schema: S
  items(profile: P): readonly I[]
  put(profile: P, items: I[]): P
  read(item: I): FormTree
  check?(item: z.output<S>, words: FormWords): FieldError[]
  /** Whether two items are about the same thing, of which one is enough; the error stands at `field`. */
  repeats?: { field: string; same(tree: FormTree, other: FormTree): boolean }
  summary(item: I, words: FormWords): { title: string; facts: string[] }
  parts: ItemSection<P>['parts']
}): ItemSection<P> {
  const { items, put } = spec
  return {
    kind: 'items',
    name: spec.name,
    keys: [spec.name],
    most: spec.most,
    ordered: spec.ordered ?? false,
    parts: spec.parts,
    summaries: (profile, words) => items(profile).map((item) => spec.summary(item, words)),
    read: (profile) => items(profile).map(spec.read),
    parse: (tree, words, others) => {
      const result = spec.schema.safeParse(tree)
      if (!result.success) return { ok: false, errors: fieldErrors(result.error.issues, tree) }
      const { repeats } = spec
      const repeated = repeats && others.some((other) => repeats.same(tree, other))
      const errors = [
        ...(repeated ? [{ field: repeats.field, code: 'alreadyThere' }] : []),
        ...(spec.check?.(result.data, words) ?? []),
      ]
      if (errors.length > 0) return { ok: false, errors }
      return {
        ok: true,
        apply: (profile, at) => {
          const all = [...items(profile)]
          if (at === null) all.push(result.data)
          else all[at] = result.data
          return put(profile, all)
        },
      }
    },
    without: (profile, at) =>
      put(
        profile,
        items(profile).filter((_, i) => i !== at),
      ),
    first: (profile, at) => {
      const all = items(profile)
      const chosen = all.filter((_, i) => i === at)
      return put(profile, [...chosen, ...all.filter((_, i) => i !== at)])
    },
  }
}

/** A text in both languages as it stands in a form; nothing for what is not written. */
export function textTree(text: { vi?: string | undefined; en?: string | undefined } | undefined): FormTree | undefined {
  if (!text) return undefined
  return { ...(text.vi && { vi: text.vi }), ...(text.en && { en: text.en }) }
}
