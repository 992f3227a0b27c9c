import { pickText } from '../../../kernel/text.js'
import { errorSummaryView } from '../../../platform/views/models/form.js'
import type { Lookalike } from '../../duplicates/index.js'
import { type FormWords, notStated, sectorOptions, serviceGroups, wardOptions } from '../forms/options.views.js'
import { type FormState, fieldsOf, type Part, partsFor } from '../forms/parts.views.js'
import type { OrganisationType } from '../organisation.types.js'

interface NewPage extends FormState {
  type: OrganisationType
  /** Of this form; see `Registration`. */
  key: string
  lookalike: Lookalike | null
  tooMany: boolean
}

/** View model of `organisations/new.hbs`. */
export function newView(page: NewPage, words: FormWords) {
  const { t, url } = words.context
  const { type, key, errors, tooMany } = page
  const parts = partsOf(page, words)
  const title = t(`organisations.new.${type}.title`)
  return {
    title: errors.length > 0 ? t('organisations.form.wrong', { title }) : title,
    noindex: true,
    breadcrumbs: {
      links: [{ href: url('organisations.list'), label: t('organisations.list.title') }],
      here: title,
    },
    heading: title,
    lead: t(`organisations.new.${type}.lead`),
    action: url('organisations.create', {}, { kind: type }),
    key,
    tooMany: tooMany ? t('organisations.new.tooMany') : null,
    known: page.lookalike && knownView(page.lookalike, type, words),
    errors: errorSummaryView(fieldsOf(parts), errors, t),
    parts,
    other: {
      href: url('organisations.new', {}, { kind: type === 'provider' ? 'business' : 'provider' }),
      label: t(`organisations.new.${type}.other`),
    },
  }
}

function knownView({ by, isPublic, slug, name }: Lookalike, type: OrganisationType, { context }: FormWords) {
  const { t, url, lang, park } = context
  const shown = isPublic ? pickText(name, lang) : null
  return {
    text: t(`organisations.new.known.${by}`),
    page: shown && {
      href: url(type === 'provider' ? 'providers.show' : 'businesses.show', { slug }),
      label: shown.text,
    },
    claimHref: shown && type === 'provider' ? url('claims.new', { slug }) : null,
    what: t(`organisations.new.known.${isPublic ? `claim-${type}` : 'hidden'}`),
    email: park.contacts.email ?? null,
    different: by === 'name',
  }
}

function partsOf({ type, ...form }: NewPage, words: FormWords): Part[] {
  const { t } = words.context
  const { field, choices } = partsFor(form, words.context)
  const label = (name: string) => t(`organisations.new.${name}`)
  const common = [
    field({ name: 'name', label: label('name'), maxlength: 200, autocomplete: 'organization' }),
    field({
      name: 'taxCode',
      label: label('taxCode'),
      hint: label('taxCodeHint'),
      required: false,
      maxlength: 14,
      inputmode: 'numeric',
    }),
  ]
  const description = field({
    name: 'description',
    label: label('description'),
    hint: label(`${type}.descriptionHint`),
    type: 'textarea',
    maxlength: 20_000,
  })
  if (type === 'provider') {
    const groups = serviceGroups(words)
    return [
      ...common,
      choices({ name: 'services', label: label('services'), hint: label('servicesHint'), groups }),
      description,
    ]
  }
  const kinds = ['enterprise', 'cooperative', 'household', 'public-body'] as const
  return [
    field({
      name: 'kind',
      label: label('kind'),
      type: 'choices',
      options: kinds.map((value) => ({ value, label: t(`businesses.kind.${value}`) })),
    }),
    ...common,
    field({
      name: 'sector',
      label: label('sector'),
      type: 'select',
      options: [notStated(words.context), ...sectorOptions(words)],
    }),
    field({
      name: 'ward',
      label: label('ward'),
      type: 'select',
      options: [notStated(words.context), ...wardOptions([], words.context)],
    }),
    description,
    field({ name: 'listed', label: label('listed'), hint: label('listedHint'), type: 'checkbox' }),
  ]
}
