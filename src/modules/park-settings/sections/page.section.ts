import { z } from 'zod'
import type { ParkContext, ParkPage } from '../../../kernel/park.js'
import { inBoth, lineIn, localOf, localValues, parsed, type Section, textIn, valuesOf } from './section.types.js'

/** Longest text of a page, in characters. */
const TEXT = 20_000
const QUESTION = 160
const LEAD = 400

const schema = z.strictObject({ ...textIn('text', TEXT) })
const storySchema = z.strictObject({ ...textIn('text', TEXT, true) })
const frontSchema = z.strictObject({
  ...lineIn('question', QUESTION),
  ...lineIn('lead', LEAD),
  ...textIn('text', TEXT),
})

/** The words of one public page, in Markdown. Where the park has none, the product's own stand there. */
function pageSection(page: Exclude<ParkPage, 'about' | 'home'>): Section {
  return {
    ...{ name: `page-${page}`, area: 'pages', seenAt: page, markdown: true },
    read: ({ pages }) => valuesOf(localValues('text', pages?.[page])),
    parse: (values) => parsed(schema, values, (data) => ({ [`pages.${page}`]: localOf(data, 'text') })),
    groups: (context) => [markdownIn(context, false)],
  }
}

/** The park's story, which every park has. */
const storySection: Section = {
  ...{ name: 'page-about', area: 'pages', seenAt: 'about', markdown: true },
  read: ({ about }) => valuesOf(localValues('text', about)),
  parse: (values) => parsed(storySchema, values, (data) => ({ about: localOf(data, 'text') })),
  groups: (context) => [markdownIn(context, true)],
}

const frontSection: Section = {
  ...{ name: 'page-home', area: 'pages', seenAt: 'home', markdown: true },
  read: ({ front, pages }: ParkContext) =>
    valuesOf({
      ...localValues('question', front?.question),
      ...localValues('lead', front?.lead),
      ...localValues('text', pages?.home),
    }),
  parse: (values) =>
    parsed(frontSchema, values, (data) => {
      const [question, lead] = [localOf(data, 'question'), localOf(data, 'lead')]
      const front = { ...(question && { question }), ...(lead && { lead }) }
      return { front, 'pages.home': localOf(data, 'text') }
    }),
  groups: (context) => {
    const { t } = context
    const field = (name: string, maxlength: number) =>
      inBoth(
        { name, label: t(`settings.field.${name}`), maxlength, required: false },
        context,
        t(`settings.hint.${name}`),
      )
    return [field('question', QUESTION), field('lead', LEAD), markdownIn(context, false)]
  },
}

const markdownIn: (context: Parameters<Section['groups']>[0], required: boolean) => ReturnType<typeof inBoth> = (
  context,
  required,
) =>
  inBoth(
    { name: 'text', label: context.t('settings.field.text'), type: 'textarea', maxlength: TEXT, required },
    context,
    context.t('settings.hint.text'),
  )

export const PAGE_SECTIONS: readonly Section[] = [
  frontSection,
  storySection,
  ...(['contact', 'terms', 'privacy'] as const).map(pageSection),
]
