import type { FieldError } from '../../../../kernel/errors.js'
import { provinceByCode, wardByCode } from '../../../geography/index.js'

/** What a schema cannot see: places that there are not. */

export const unknownWards = (field: string, codes: readonly (string | undefined)[]): FieldError[] =>
  codes.some((code) => code !== undefined && !wardByCode(code)) ? [{ field, code: 'ward' }] : []

export const unknownProvinces = (field: string, codes: readonly string[]): FieldError[] =>
  codes.some((code) => !provinceByCode(code)) ? [{ field, code: 'province' }] : []
