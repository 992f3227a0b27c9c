import { describe, expect, test } from 'vitest'
import { cutPassage, introOf, passageOf } from '../../../../src/platform/records/passages.js'
import type { Hit } from '../../../../src/platform/search/index.js'

/** A hit whose fields hold these texts, with `word` marked wherever it stands. */
function hitOn(fields: Record<string, string[]>, word: string): Hit {
  const spans = (text: string) =>
    Array.from(text.matchAll(new RegExp(word, 'g')), ({ index }) => ({ start: index, end: index + word.length }))
  const highlights = Object.fromEntries(Object.entries(fields).map(([field, texts]) => [field, texts.map(spans)]))
  return { id: '1', score: 1, document: { id: '1', version: 1, ...fields }, highlights }
}

const marked = (passage: ReturnType<typeof passageOf>) =>
  passage?.spans.map(({ start, end }) => passage.text.text.slice(start, end))

describe('the passage that says why a record was found', () => {
  test('is the one with the most of the words, whichever field it is of', () => {
    const hit = hitOn({ features: ['kho'], cases: ['kho cũ thành kho mới'] }, 'kho')
    const fields = [['features', [{ vi: 'kho' }]] as const, ['cases', [{ vi: 'kho cũ thành kho mới' }]] as const]
    const passage = passageOf(hit, fields, 'vi')
    expect(passage?.text.text).toBe('kho cũ thành kho mới')
    expect(marked(passage)).toEqual(['kho', 'kho'])
  })

  test('is in the language of the reader, and in the other one where the words stand only there', () => {
    const text = { vi: 'sổ ao', en: 'pond ao book' }
    const both = hitOn({ features: ['sổ ao', 'pond ao book'] }, 'ao')
    expect(passageOf(both, [['features', [text]]], 'en')?.text).toEqual({ text: 'pond ao book', lang: 'en' })
    const one = hitOn({ features: ['sổ ao', 'pond book'] }, 'ao')
    expect(passageOf(one, [['features', [{ ...text, en: 'pond book' }]]], 'en')?.text.lang).toBe('vi')
  })

  test('is none where no field holds the words', () => {
    expect(passageOf(hitOn({ features: ['kho'] }, 'ghe'), [['features', [{ vi: 'kho' }]]], 'vi')).toBeNull()
  })
})

test('what is cut off a long text is told by dots, and the marks stay on their words', () => {
  const text = `${'Trước đó có câu này. '.repeat(20)}Máy đo mặn báo về điện thoại. ${'Sau đó có câu kia. '.repeat(20)}`
  const start = text.indexOf('đo mặn')
  const passage = cutPassage({ text, lang: 'vi' }, [{ start, end: start + 6 }], 60)
  expect(passage.text.text).toBe('… Máy đo mặn báo về điện thoại. Sau đó có câu kia.\u00a0…')
  expect(marked(passage)).toEqual(['đo mặn'])
})

describe('what a record says first', () => {
  const description = { vi: 'Nhà làm bánh pía.' }

  test('is its tagline', () => {
    const hit = hitOn({ tagline: ['Bánh ngon'], description: ['Nhà làm bánh pía.'] }, 'pía')
    expect(introOf(hit, { tagline: { vi: 'Bánh ngon' }, description }, 'vi')?.text.text).toBe('Bánh ngon')
  })

  test('is its description where there is no tagline, with the words marked', () => {
    const hit = hitOn({ description: ['Nhà làm bánh pía.'] }, 'pía')
    expect(marked(introOf(hit, { description }, 'vi'))).toEqual(['pía'])
  })
})
