import { expect, test } from 'vitest'
import { legalName, shownName } from '../../../../src/modules/providers/names.rules.js'

const both = { vi: 'Công ty TNHH Sen', en: 'Sen Co., Ltd.' }

test('a firm goes by its trade name in every language, with the legal name beside it', () => {
  const firm = { name: both, tradeName: 'Sen' }
  expect([shownName(firm, 'vi').text, shownName(firm, 'en').text]).toEqual(['Sen', 'Sen'])
  expect(legalName(firm, 'en')).toEqual({ text: 'Sen Co., Ltd.', lang: 'en' })
})

test('a firm without a trade name goes by its legal name, said once', () => {
  expect(shownName({ name: both }, 'en')).toEqual({ text: 'Sen Co., Ltd.', lang: 'en' })
  expect(legalName({ name: both }, 'en')).toBeNull()
})

test('a name that is there in the other language only keeps that language', () => {
  expect(shownName({ name: { vi: 'Công ty Sen' } }, 'en')).toEqual({ text: 'Công ty Sen', lang: 'vi' })
})
