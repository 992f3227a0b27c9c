import { describe, expect, it } from 'vitest'
import { problemText, type RowProblem } from '../../../../src/modules/importing/index.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'

const text = (problem: Partial<RowProblem> & { code: string }) =>
  problemText(createTranslator()('en'), { line: 1201, field: null, ...problem })

describe('a problem in words', () => {
  it('names line, field, reason and the value that was meant', () => {
    expect(text({ field: 'sector', code: 'unknownTerm', params: { value: 'fishing' } })).toBe(
      'line 1201, sector: The catalogue has no such entry. (fishing)',
    )
  })

  it.each([
    [{ code: 'encoding' }, 'line 1201: It holds bytes that are not UTF-8.'],
    [
      { code: 'columns', params: { found: 3, expected: 2 } },
      'line 1201: It has 3 values where the header has 2 columns.',
    ],
    [
      { field: 'externalId', code: 'duplicate', params: { line: '1100' } },
      'line 1201, externalId: The row is the same record as line 1100.',
    ],
    [
      { field: 'name', code: 'tooLong', params: { maximum: 200 } },
      'line 1201, name: A little long: at most 200 characters.',
    ],
  ])('knows what only files get wrong and what every field can: %j', (problem, words) => {
    expect(text(problem)).toBe(words)
  })
})
