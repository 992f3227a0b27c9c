import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  CONSENT_PURPOSES,
  consentText,
  newestTextVersion,
  PURPOSE_IDS,
  PURPOSES,
  type Purpose,
  textVersion,
} from '../../../src/kernel/purposes.js'
import { createTranslator } from '../../../src/platform/i18n/translator.js'

const translator = createTranslator()
const LANGS = ['vi', 'en'] as const

/**
 * The first 12 digits of the SHA-256 of every text that people agree to. A text is never
 * reworded in place: give the purpose a new day in `versions`, a new text under that day, and a new line here.
 */
const AGREED: Record<string, string> = {
  'account 2026-11-24': '4820b4c33003',
  'guest-need 2026-11-24': '91b6d85ed5ab',
  'introduction 2026-11-24': '40bcd3ed59c9',
  'firm-contacts 2026-11-24': 'bf3706690c14',
}

describe.each(LANGS)('in %s', (lang) => {
  const t = translator(lang)

  test.each(PURPOSE_IDS)(
    'the purpose "%s" says its data, who sees it and how long it is kept, with the figures',
    (id) => {
      for (const what of ['name', 'data', 'seen', 'kept'])
        expect(t(`privacy.purposes.${id}.${what}`, PURPOSES[id].kept).length).toBeGreaterThan(5)
      const kept = t(`privacy.purposes.${id}.kept`, PURPOSES[id].kept)
      for (const figure of Object.values(PURPOSES[id].kept)) expect(kept).toContain(String(figure))
      expect(kept).not.toContain('{{')
    },
  )

  test.each(CONSENT_PURPOSES)(
    'every version of the consent for "%s" can be read, and what withdrawing it means',
    (id) => {
      const { versions }: Purpose = PURPOSES[id]
      for (const version of versions) expect(t(consentText(id, version), { park: 'Khu' }).length).toBeGreaterThan(20)
      expect(t(`privacy.purposes.${id}.withdrawal`).length).toBeGreaterThan(20)
    },
  )
})

test.each(CONSENT_PURPOSES)('the text agreed to for "%s" is the one of its day', (id) => {
  const { versions }: Purpose = PURPOSES[id]
  for (const version of versions) {
    const texts = LANGS.map((lang) => translator(lang)(consentText(id, version), { park: '{{park}}' }))
    const print = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 12)
    expect({ [`${id} ${version}`]: print }).toEqual({ [`${id} ${version}`]: AGREED[`${id} ${version}`] })
  }
})

test('days go up, and the page carries the newest', () => {
  for (const id of PURPOSE_IDS) {
    const { versions }: Purpose = PURPOSES[id]
    expect([...versions].sort()).toEqual(versions)
    expect(textVersion(id) <= newestTextVersion()).toBe(true)
  }
})
