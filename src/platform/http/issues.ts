import type { core } from 'zod'
import type { FieldError } from '../../kernel/errors.js'

/**
 * Issues of zod as field errors. A schema that names its own message names a code of the `fields` catalogue (one word);
 * everything else gets a code by what went wrong.
 */
export function fieldErrors(issues: readonly core.$ZodIssue[], input: unknown): FieldError[] {
  const errors = issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: dotted([...issue.path, key]), code: 'unknownField' }))
    }
    const params = limitsOf(issue)
    return [{ field: dotted(issue.path), code: codeOf(issue, input), ...(params && { params }) }]
  })
  // Two rules of one field can fail in the same words: a number too large is no whole number either.
  return errors.filter((e, i) => errors.findIndex((other) => other.field === e.field && other.code === e.code) === i)
}

const OWN_CODE = /^[a-z]+([A-Z][a-z]+)*$/

function codeOf(issue: core.$ZodIssue, input: unknown): string {
  if (issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined) return 'required'
  if (OWN_CODE.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return BY_TYPE[issue.expected] ?? 'invalid'
    case 'too_small':
      return sized(issue.origin, 'tooShort', 'tooFew', 'tooSmall')
    case 'too_big':
      return sized(issue.origin, 'tooLong', 'tooMany', 'tooBig')
    case 'invalid_format':
      return 'format'
    case 'invalid_value':
      return 'choice'
    case 'not_multiple_of':
      return 'number'
    default:
      return 'invalid'
  }
}

const BY_TYPE: Record<string, string> = {
  string: 'text',
  number: 'number',
  int: 'number',
  boolean: 'yesNo',
  array: 'list',
  object: 'object',
  record: 'object',
}

function sized(origin: string, text: string, list: string, figure: string): string {
  if (origin === 'string') return text
  return origin === 'array' || origin === 'set' ? list : figure
}

function limitsOf(issue: core.$ZodIssue): Record<string, number> | undefined {
  if (issue.code === 'too_small') return { minimum: Number(issue.minimum) }
  if (issue.code === 'too_big') return { maximum: Number(issue.maximum) }
  return undefined
}

const dotted = (path: readonly PropertyKey[]) => path.map(String).join('.')

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
