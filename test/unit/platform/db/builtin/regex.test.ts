import { describe, expect, it } from 'vitest'
import { compileRegex, literalPrefix } from '../../../../../src/platform/db/builtin/query/regex.js'

describe('regular expressions', () => {
  it.each([
    ['^abc', undefined, 'abc'],
    ['^abc.*', undefined, 'abc'],
    ['^abc+', undefined, 'abc'],
    ['^abc*', undefined, 'ab'],
    ['^abc?d', undefined, 'ab'],
    ['^ab{0,1}', undefined, 'a'],
    ['^a\\.b', undefined, 'a.b'],
    ['^a\\d', undefined, 'a'],
    ['^đồng', undefined, 'đồng'],
    ['abc', undefined, undefined],
    ['^abc|d', undefined, undefined],
    ['^abc', 'i', undefined],
    ['^(abc)', undefined, undefined],
    ['^.', undefined, undefined],
  ])('%s with options %s begins with %s', (pattern, options, prefix) => {
    expect(literalPrefix(pattern, options)).toBe(prefix)
  })

  it('leaves blanks and comments out of an extended pattern', () => {
    expect(compileRegex('a b # end', 'x').source).toBe('ab')
    expect(compileRegex('a[ #]\\ b', 'x').source).toBe('a[ #]\\ b')
  })

  it('refuses unknown options and broken patterns', () => {
    expect(() => compileRegex('a', 'q')).toThrow(/invalid flag/)
    expect(() => compileRegex('(')).toThrow(/invalid/)
  })
})
