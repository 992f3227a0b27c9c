import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import { compareFields, type FieldWords } from '../../platform/records/compare-fields.js'
import { fieldChangesView } from '../../platform/views/models/field-changes.js'
import { listingFields } from '../reviewing/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { shownName } from './duplicates.views.js'
import { type Choices, differingFields, mergedProfile, type Profile } from './fields.rules.js'
import { type Part, partOf, partsFor } from './members.rules.js'
import { contentOf, type Merged, type Sides } from './merging.service.js'

export interface MergePage {
  sides: Sides
  choices: Choices
  parts: Readonly<Record<string, Part>>
  /** Names of the people concerned, by id. */
  people: ReadonlyMap<string, string>
  taxonomy: TaxonomyView
  /** Why it was not done. */
  warning: string | null
}

const wordsOf = (profile: Profile, taxonomy: TaxonomyView, context: RequestContext): FieldWords[] =>
  Object.keys(profile).length === 0
    ? []
    : listingFields(profile as unknown as Parameters<typeof listingFields>[0], { context, taxonomy })

/** What fields are called. */
export function labelsOf(
  { survivor, other }: Sides,
  fields: readonly string[],
  taxonomy: TaxonomyView,
  context: RequestContext,
) {
  const words = [survivor, other].flatMap((one) => wordsOf(contentOf(one), taxonomy, context))
  return fields.map((field) => words.find((one) => one.field === field)?.label ?? field)
}

function frame({ sides }: MergePage, context: RequestContext) {
  const { t, url } = context
  const { survivor, other } = sides
  const names = { survivor: shownName(survivor, context).text, other: shownName(other, context).text }
  const ids = { survivor: survivor.id, other: other.id }
  return {
    noindex: true,
    nav: adminNav(context, 'admin.duplicates'),
    names,
    ids,
    swapHref: url('admin.merge', { survivor: other.id, other: survivor.id }),
    swap: t('merging.merge.swap', { other: names.other }),
    turned: sides.turned ? t('merging.merge.turned', names) : null,
    crumbs: [{ href: url('admin.duplicates'), label: t('merging.list.title') }],
  }
}

/** View model of `admin/merge.hbs`: whose value of each field stays, and who comes along. */
export function mergeView(page: MergePage, context: RequestContext) {
  const { t, url } = context
  const { sides, choices, parts, people, taxonomy } = page
  const { crumbs, names, ids, ...shown } = frame(page, context)
  const [mine, theirs] = [contentOf(sides.survivor), contentOf(sides.other)]
  const [myWords, theirWords] = [wordsOf(mine, taxonomy, context), wordsOf(theirs, taxonomy, context)]
  const valuesIn = (words: readonly FieldWords[], field: string) =>
    words.find((one) => one.field === field)?.values ?? []
  const labelOf = (field: string) => [...myWords, ...theirWords].find((one) => one.field === field)?.label ?? field
  const title = t('merging.merge.title', names)
  return {
    ...shown,
    title,
    breadcrumbs: { links: crumbs, here: title },
    warning: page.warning,
    lead: t('merging.merge.lead', names),
    action: url('admin.merge-preview', ids),
    fields: differingFields(mine, theirs).map(({ field, joins, proposed }) => {
      const chosen = choices[field] ?? proposed
      const option = (value: 'survivor' | 'other', words: readonly FieldWords[]) => ({
        ...{ value, id: `f-${field}-${value}`, checked: chosen === value },
        label: t(`merging.merge.from.${value}`, names),
        values: valuesIn(words, field),
      })
      const both = { value: 'both', id: `f-${field}-both`, checked: chosen === 'both', label: t('merging.merge.both') }
      return {
        ...{ name: `f.${field}`, label: labelOf(field) },
        options: [
          ...(joins ? [{ ...both, values: [] }] : []),
          option('survivor', myWords),
          option('other', theirWords),
        ],
      }
    }),
    people: sides.comers.map(({ personId, role, there, proposed }) => ({
      id: `m-${personId}`,
      name: `m.${personId}`,
      label: t('merging.merge.person', {
        name: people.get(personId) ?? t('merging.merge.somebody'),
        role: t(`organisations.members.role.${role}`),
      }),
      hint: t(there ? 'merging.merge.inBoth' : proposed ? 'merging.merge.comes' : 'merging.merge.undecided', names),
      options: [
        ...(proposed ? [] : [{ value: '', label: t('merging.merge.choose'), chosen: !parts[personId] }]),
        ...partsFor({ role, there }).map((part) => ({
          ...{ value: part, label: t(part === 'none' ? 'merging.merge.none' : `organisations.members.role.${part}`) },
          chosen: (parts[personId] ?? proposed) === part,
        })),
      ],
    })),
  }
}

/** View model of `admin/merge-preview.hbs`: what it leads to, before it is done. */
export function previewView(page: MergePage, context: RequestContext) {
  const { t, url } = context
  const { sides, choices, parts, people, taxonomy, warning } = page
  const { crumbs, names, ids, ...shown } = frame(page, context)
  const mine = contentOf(sides.survivor)
  const merged = mergedProfile(mine, contentOf(sides.other), choices)
  const title = t('merging.preview.title')
  const choose = { href: url('admin.merge', ids), label: t('merging.list.merge') }
  const query = {
    ...Object.fromEntries(Object.entries(choices).map(([field, choice]) => [`f.${field}`, choice])),
    ...Object.fromEntries(Object.entries(parts).map(([person, part]) => [`m.${person}`, part])),
  }
  const changes = compareFields(wordsOf(mine, taxonomy, context), wordsOf(merged, taxonomy, context))
  const labels = { before: t('merging.preview.before'), after: t('merging.preview.after') }
  return {
    ...shown,
    title,
    breadcrumbs: { links: [...crumbs, choose], here: title },
    warning,
    lead: t('merging.preview.lead', names),
    changes: changes.length > 0 ? fieldChangesView(changes, labels, context) : null,
    follows: [
      t('merging.preview.addresses', names),
      ...sides.follows.map(({ name, count }) => t(`merging.moves.${name}`, { count })),
      ...sides.comers.map((comer) => {
        const { personId, there } = comer
        const part = partOf(comer, parts) ?? 'none'
        const name = people.get(personId) ?? t('merging.merge.somebody')
        if (part === 'none') return t('merging.preview.leaves', { name })
        return t(part === there ? 'merging.preview.stays' : 'merging.preview.becomes', {
          ...{ name, role: t(`organisations.members.role.${part}`) },
        })
      }),
    ],
    rights: sides.follows.some(({ name }) => name === 'introductions' || name === 'needs')
      ? t('merging.preview.rights', names)
      : null,
    action: url('admin.merge-save', ids),
    versions: { survivor: sides.survivor.version, other: sides.other.version },
    hidden: Object.entries(query).map(([name, value]) => ({ name, value: String(value) })),
    backHref: url('admin.merge', ids, query),
  }
}

/** View model of `admin/merged.hbs`: a merge that was made, and what undoing it leads to. */
export function mergedView(
  { row, survivor, other, kept, back, blocked }: Merged,
  { taxonomy, warning, by }: { taxonomy: TaxonomyView; warning: string | null; by: string | null },
  context: RequestContext,
) {
  const { t, url, lang, park } = context
  const names = { survivor: shownName(survivor, context).text, other: shownName(other, context).text }
  const words = [...wordsOf(contentOf(survivor), taxonomy, context), ...wordsOf(contentOf(other), taxonomy, context)]
  const labels = (fields: readonly string[]) =>
    [...new Set(fields)].map((field) => words.find((one) => one.field === field)?.label ?? field).join(', ')
  const title = t('merging.merged.title', names)
  const date = formatDate(lang, row.at, park.timeZone)
  const counts = Object.entries(row.moved).filter(([name, ids]) => name !== 'members' && ids.length > 0)
  const undone = row.undoneAt !== null
  return {
    title,
    noindex: true,
    nav: adminNav(context, 'admin.duplicates'),
    breadcrumbs: {
      links: [
        { href: url('admin.duplicates'), label: t('merging.list.title') },
        { href: url('admin.merges'), label: t('merging.merges.title') },
      ],
      here: title,
    },
    warning,
    lead: by ? t('merging.merged.lead', { date, name: by }) : t('merging.merged.leadNobody', { date }),
    undone: row.undoneAt ? t('merging.merges.undone', { date: formatDate(lang, row.undoneAt, park.timeZone) }) : null,
    links: [survivor, other].map((one) => ({
      href: url('admin.listing', { listing: one.id }),
      label: shownName(one, context).text,
    })),
    blocked: !undone && blocked ? t('merging.merged.blocked') : null,
    undo:
      undone || blocked
        ? null
        : {
            action: url('admin.unmerge', { merge: row._id }),
            versions: { survivor: survivor.version, other: other.version },
            effects: [
              t('merging.merged.bothBack', names),
              ...(back.length > 0 ? [t('merging.merged.back', { fields: labels(back) })] : []),
              ...(kept.length > 0 ? [t('merging.merged.kept', { fields: labels(kept) })] : []),
              ...counts.map(([name, { length }]) => t(`merging.moves.${name}`, { count: length })),
              ...(row.moved.members?.length
                ? [t('merging.merged.people', { count: row.moved.members.length, ...names })]
                : []),
              t('merging.merged.later', names),
            ],
          },
  }
}
