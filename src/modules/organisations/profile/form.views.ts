import { type ErrorSummaryView, errorSummaryView, type FieldView } from '../../../platform/views/models/form.js'
import type { FieldNote } from '../../curation/index.js'
import type { FormWords } from '../forms/options.views.js'
import { type FormState, fieldsOf, type Part } from '../forms/parts.views.js'
import { type FormTree, toTyped } from '../forms/tree.rules.js'
import type { EditorPlace } from './editor.types.js'
import { notesWithNames, withNotes } from './notes.views.js'

/** A form of the profile as it is to be shown. */
export interface SectionForm extends FormState {
  /** Mark of what it was begun with. */
  seen: string
  /** What stands there by now, when another has written it meanwhile; null otherwise. */
  meanwhile: FormTree | null
}

export interface FormPage {
  place: EditorPlace
  form: SectionForm
  parts(form: FormState): Part[]
  action: string
  heading: string
  lead: string | null
  backHref: string
  /** The page above in the way here; null for the profile itself. */
  above: { href: string; label: string } | null
  /** What curators wrote at its fields. */
  notes: readonly FieldNote[]
  item: { remove: boolean; first: boolean } | null
}

/** View model of `organisations/section.hbs`. */
export function formView({ place, form, ...page }: FormPage, words: FormWords) {
  const { context } = words
  const { t } = context
  const { parts, left } = withNotes(page.parts(form), page.notes)
  const crumbs = place.crumbs(page.heading)
  const wrong = form.errors.length > 0
  return {
    title: wrong ? t('organisations.form.wrong', { title: page.heading }) : page.heading,
    noindex: true,
    nav: place.nav,
    breadcrumbs: page.above ? { ...crumbs, links: [...crumbs.links, page.above] } : crumbs,
    heading: page.heading,
    lead: page.lead,
    action: page.action,
    seen: form.seen,
    errors: errorSummaryView(fieldsOf(parts), form.errors, t) as ErrorSummaryView | null,
    meanwhile: form.meanwhile && {
      now: whatDiffers(fieldsOf(parts), fieldsOf(page.parts({ typed: toTyped(form.meanwhile), errors: [] }))),
    },
    notes: notesWithNames(left, t),
    parts,
    backHref: page.backHref,
    item: page.item,
  }
}

/** What stands there now where it is not what was typed. */
function whatDiffers(typed: readonly FieldView[], now: readonly FieldView[]) {
  return now.flatMap((field) => {
    const mine = typed.find(({ name }) => name === field.name)
    const [own, theirs] = [mine ? shownIn(mine) : '', shownIn(field)]
    return own === theirs ? [] : [{ label: field.label, value: theirs || null }]
  })
}

const shownIn = ({ options, value }: FieldView): string =>
  options.length > 0
    ? options
        .filter(({ checked }) => checked)
        .map(({ label }) => label)
        .join(', ')
    : value
