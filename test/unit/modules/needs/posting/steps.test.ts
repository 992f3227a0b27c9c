import { describe, expect, it } from 'vitest'
import { typedDetails } from '../../../../../src/modules/needs/posting/details.views.js'
import type { Draft } from '../../../../../src/modules/needs/posting/drafts.rules.js'
import { servicesView } from '../../../../../src/modules/needs/posting/services.views.js'
import { contactStep, detailsStep, problemStep } from '../../../../../src/modules/needs/posting/steps.schemas.js'
import { shippedTaxonomy, viewOf } from '../../../../../src/modules/taxonomy/index.js'
import type { RequestContext } from '../../../../../src/platform/http/context.js'
import { createTranslator } from '../../../../../src/platform/i18n/translator.js'

const taxonomy = viewOf(shippedTaxonomy())
const translator = createTranslator()
const context = { t: translator('vi'), lang: 'vi' } as RequestContext

const draft = (suggested: Partial<Draft['suggested']> = {}): Draft => ({
  key: 'key',
  problem: { problem: 'một chuyện dài hơn mười lăm chữ' },
  suggested: {
    language: 'vi',
    services: [],
    sector: null,
    budget: null,
    ward: null,
    deadline: null,
    onSite: null,
    ...suggested,
  },
})

describe('the text of a step', () => {
  it('may be as long as its field, however its line ends are sent', () => {
    const lines = Array.from({ length: 40 }, () => 'a'.repeat(99)).join('\n')
    expect(problemStep.safeParse({ problem: lines.replaceAll('\n', '\r\n') }).data?.problem).toBe(lines)
    expect(problemStep.safeParse({ problem: `${lines}aa` }).success).toBe(false)
  })

  it('is one line where it names the need', () => {
    const contact = contactStep.parse({ title: ' Kho\r\nhay   lệch ', email: 'A@B.example', consent: 'on' })
    expect(contact).toEqual({ title: 'Kho hay lệch', email: 'a@b.example', consent: 'on' })
  })

  it('is a list where each line is one thing, repeated lines once', () => {
    expect(detailsStep.parse({ mustHaves: 'một\r\n\r\n hai \nmột' }).mustHaves).toEqual(['một', 'hai'])
  })

  it('takes a service once however often it is ticked', () => {
    expect(detailsStep.parse({ services: ['website', 'website'] }).services).toEqual(['website'])
  })
})

describe('the details at first', () => {
  it('are what the story says; a service that is not sure is offered and not chosen', () => {
    const told = draft({
      services: [
        { id: 'traceability', sure: true },
        { id: 'website', sure: false },
      ],
      sector: 'fruit',
      budget: { max: 40_000_000 },
      ward: '31441',
      onSite: true,
    })
    const typed = typedDetails(told)
    expect(typed).toMatchObject({
      services: ['traceability'],
      sector: 'fruit',
      budget: 'said',
      ward: '31441',
      onSite: 'yes',
    })
    const { near, open } = servicesView({ typed, errors: [], taxonomy, draft: told }, context)
    expect(near.map(({ value, checked }) => [value, checked])).toEqual([
      ['traceability', true],
      ['website', false],
    ])
    expect(open).toBe(false)
  })

  it('are what was saved before, even where that says less than the story', () => {
    const saved = { ...draft({ sector: 'fruit', onSite: true }), details: { services: [], mustHaves: ['một', 'hai'] } }
    expect(typedDetails(saved)).toMatchObject({ budget: '', onSite: '', services: [], mustHaves: 'một\nhai' })
    expect(typedDetails(saved).sector).toBeUndefined()
  })

  it('show all kinds of work at once when none is likely, every one of them once', () => {
    const { near, groups, open, field } = servicesView({ typed: {}, errors: [], taxonomy, draft: draft() }, context)
    expect([near, open]).toEqual([[], true])
    const all = groups.flatMap(({ services }) => services)
    expect(all.map(({ value }) => value).sort()).toEqual(taxonomy.taxonomy.services.map(({ id }) => id).sort())
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.map(({ id }) => id)).toContain(field.id)
  })

  it('do not show a kind of work that there is not, though it was sent', () => {
    const { near } = servicesView(
      { typed: { services: ['fortune-telling', 'pos'] }, errors: [], taxonomy, draft: draft() },
      context,
    )
    expect(near.map(({ value }) => value)).toEqual(['pos'])
  })
})
