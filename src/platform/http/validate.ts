import type { Request } from 'express'
import type { z } from 'zod'
import { type FieldError, InvalidInput } from '../../kernel/errors.js'
import { CSRF_FIELD } from './csrf.js'
import { fieldErrors } from './issues.js'

/**
 * Input as the schema makes it.
 * @throws {InvalidInput} with one entry for each thing that is wrong.
 */
function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (!result.success) throw new InvalidInput(fieldErrors(result.error.issues, input))
  return result.data
}

/** The query of an API request; unknown and repeated parameters are errors unless the schema takes them. */
export const parseQuery = <S extends z.ZodType>(schema: S, req: Request): z.output<S> => parse(schema, { ...req.query })

/** The JSON body of an API request. */
export const parseBody = <S extends z.ZodType>(schema: S, req: Request): z.output<S> => parse(schema, req.body)

export type FormResult<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/**
 * A form that was sent, as a value, since errors are shown beside the fields. Fields left blank count as missing, and the
 * token is no field.
 */
export const readForm = <S extends z.ZodType>(schema: S, req: Request): FormResult<z.output<S>> =>
  readTyped(schema, req.body as Record<string, unknown>)

/** The same of a form that was handed on as it was typed. */
export function readTyped<S extends z.ZodType>(
  schema: S,
  typed: Readonly<Record<string, unknown>>,
): FormResult<z.output<S>> {
  const input = Object.fromEntries(
    Object.entries(typed).filter(
      ([name, value]) => name !== CSRF_FIELD && !(typeof value === 'string' && value.trim() === ''),
    ),
  )
  const result = schema.safeParse(input)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, errors: fieldErrors(result.error.issues, input) }
}
