import type { BSONRegExp } from 'bson'
import { classOf } from '../bson/values.js'
import { MongoError } from '../errors.js'

/**
 * A regular expression as queries give it, as one of JavaScript. Options i, m, s and u mean the same in both; x (comments and
 * blanks in the pattern) is taken out of the pattern here.
 * @throws MongoError BadValue for an option or a pattern that JavaScript's engine does not have
 */
export function compileRegex(pattern: unknown, options?: unknown): RegExp {
  const given = partsOf(pattern)
  if (options !== undefined && typeof options !== 'string')
    throw new MongoError('BadValue', '$options has to be a string')
  const flags = options ?? given.flags
  const unknown = /[^imsxu]/.exec(flags)
  if (unknown) throw new MongoError('Location51108', `invalid flag in regex options: ${unknown[0]}`)
  const source = flags.includes('x')
    ? given.source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, keepEscapes)
    : given.source
  try {
    return new RegExp(source, [...new Set(flags.replace('x', ''))].join(''))
  } catch (cause) {
    throw new MongoError('Location51091', `Regular expression is invalid: ${(cause as Error).message}`)
  }
}

/** The text with which every match begins, where the pattern is anchored and plain enough to tell. */
export function literalPrefix(pattern: unknown, options?: unknown): string | undefined {
  const { source, flags } = partsOf(pattern)
  if ((typeof options === 'string' ? options : flags).replace('u', '').replace('s', '') !== '') return undefined
  const match = /^\^((?:[\p{L}\p{N} _\-@:/,;]|\\[.\-/@])+)/u.exec(source)
  if (!match?.[1] || source.includes('|')) return undefined
  const next = source[match[0].length] ?? ''
  // A quantifier behind the text makes its last character optional.
  const literal = '*?{'.includes(next) && next !== '' ? match[1].replace(/(\\.|.)$/u, '') : match[1]
  return literal.replaceAll(/\\(.)/g, '$1') || undefined
}

function partsOf(pattern: unknown): { source: string; flags: string } {
  if (typeof pattern === 'string') return { source: pattern, flags: '' }
  if (pattern instanceof RegExp) return { source: pattern.source, flags: pattern.flags.replace(/[gyd]/g, '') }
  if (classOf(pattern) === 'BSONRegExp') {
    const { pattern: source, options } = pattern as BSONRegExp
    return { source, flags: options.replace(/[ul]/g, '') }
  }
  throw new MongoError('BadValue', '$regex has to be a string')
}

const keepEscapes = (part: string): string => (/^[\\[]/.test(part) ? part : '')
