import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { Lexicon } from '../../../platform/search/index.js'
import { errorSummaryView, type FieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { needDetails, wantedServices } from '../../needs/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { contentOf } from '../introductions.parties.js'
import { hasAsked, type SeenIntroduction } from '../introductions.reading.js'
import { type ActName, LENGTHS } from '../introductions.schemas.js'
import type { ActRefusal } from '../introductions.service.js'
import { answerer, mayTellOutcome } from '../rules/introductions.rules.js'
import { DECLINE_REASONS, OUTCOMES } from '../rules/introductions.types.js'
import { firmName, otherName, stateWords } from './card.views.js'
import { contactsView } from './contacts.views.js'
import { consentField, formFields } from './fields.js'

export interface IntroductionForm {
  typed: TypedValues
  errors: readonly FieldError[]
  refusal: ActRefusal | null
  act: ActName | null
}

export interface IntroductionPage {
  seen: SeenIntroduction
  self: string
  back: string | null
  form: IntroductionForm
  taxonomy: TaxonomyView
  lexicon: Lexicon
  now: Date
  today: string
}

/** View model of `introductions/show.hbs`. */
export function introductionView(page: IntroductionPage, context: RequestContext) {
  const { seen, self, back, form, now } = page
  const { row, side, firm } = seen
  const { t, lang, url } = context
  const name = otherName(seen, context)
  const forms = formsView(page, context)
  const fields = Object.values(forms).flatMap((one) => one?.fields ?? [])
  const title = t(`introductions.show.${row.kind}.${side ?? 'staff'}`)
  return {
    title: form.errors.length > 0 ? t('needs.new.wrong', { title }) : title,
    noindex: true,
    crumbs: back && { links: [{ href: back, label: t(`introductions.back.${side ?? 'staff'}`) }], here: title },
    heading: title,
    name,
    firmHref: side === 'firm' ? null : url('providers.show', { slug: firm.slug }),
    firmName: firmName(seen, lang),
    state: stateWords(seen, { context, now }),
    refusal: form.refusal && t(`introductions.refusals.${form.refusal}`),
    errors: errorSummaryView(fields.map(named(t)), form.errors, t),
    message:
      side && row.message
        ? { label: t(`introductions.show.message.${hasAsked(seen) ? 'own' : 'theirs'}`), text: row.message }
        : null,
    declined:
      side && row.declined?.words ? { label: t('introductions.show.declined'), text: row.declined.words } : null,
    outcome: side && row.outcomes[side] ? t(`introductions.told.${row.outcomes[side].outcome}`) : null,
    contacts: contactsView(seen, context),
    need: side === 'need' ? null : needView(page, context),
    action: self,
    privacyHref: url('privacy'),
    ...forms,
  }
}

/** Its words, which the firm reads before it answers; whose they are is not in them. */
function needView({ seen, taxonomy, lexicon, today }: IntroductionPage, context: RequestContext) {
  const { need, side } = seen
  const content = contentOf(need)
  if (!content || side === null) return null
  const services = wantedServices(content, lexicon)
  return {
    details: needDetails(content, { services, open: seen.row.state === 'open' }, { context, taxonomy, today }),
    publicHref: need.status === 'published' ? context.url('needs.show', { slug: need.slug }) : null,
  }
}

interface FormView {
  fields: readonly FieldView[]
  open: boolean
}

/** What can be done as things stand, each in a form of its own. */
function formsView({ seen, form }: IntroductionPage, context: RequestContext) {
  const { row, side, may } = seen
  const { t } = context
  const made = (
    act: ActName,
    when: boolean,
    fields: (field: ReturnType<typeof formFields>) => FieldView[],
  ): FormView | null => {
    if (!when) return null
    const mine = form.act === act || form.act === null
    return { fields: fields(formFields(mine ? form.typed : {}, mine ? form.errors : [], t)), open: form.act === act }
  }
  const open = row.state === 'open'
  const mayAnswer = open && may.answer
  const words = (label: string) => ({
    ...({ name: 'words', type: 'textarea', required: false, maxlength: LENGTHS.words, label } as const),
  })
  return {
    accept: made('accept', mayAnswer, (field) => [
      ...(answerer(row.kind) === 'need'
        ? [
            field({
              name: 'phone',
              type: 'tel',
              required: false,
              autocomplete: 'tel',
              label: t('introductions.ask.phone'),
              hint: t('introductions.ask.phoneHint'),
            }),
          ]
        : []),
      consentField(field, context),
    ]),
    decline: made('decline', mayAnswer, (field) => [
      field({
        ...{ name: 'reason', type: 'choices', label: t('introductions.decline.reason') },
        options: DECLINE_REASONS[answerer(row.kind)].map((value) => ({
          value,
          label: t(`introductions.reasons.${value}`),
        })),
      }),
      field({ ...words(t('introductions.decline.words')), hint: t('introductions.decline.wordsHint') }),
    ]),
    withdraw: made('withdraw', open && may.withdraw && hasAsked(seen), () => []),
    tellOutcome: made(
      'tell-outcome',
      row.state === 'accepted' && side !== null && may.tellOutcome && mayTellOutcome(row, side),
      (field) => [
        field({
          ...{ name: 'outcome', type: 'choices', label: t('introductions.outcome.label') },
          options: OUTCOMES.map((value) => ({ value, label: t(`introductions.outcomes.${value}`) })),
        }),
        field(words(t('introductions.outcome.words'))),
      ],
    ),
    settle: made('remind', open && may.settle && row.withCuratorsAt !== null, () => []),
  }
}

/** The list of errors names the box by a word, not by all that it says. */
const named =
  (t: RequestContext['t']) =>
  (field: FieldView): FieldView =>
    field.name === 'consent' ? { ...field, label: t('needs.new.contact.consentName') } : field
