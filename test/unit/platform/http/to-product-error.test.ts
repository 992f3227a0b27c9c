import { expect, it } from 'vitest'
import { toProductError } from '../../../../src/platform/http/to-product-error.js'

it.each([14031, 96])("a write that the database's disk refuses (%s) is told as not stored", (code) => {
  const refused = Object.assign(new Error('No space left on the disk of the data folder'), {
    name: 'MongoServerError',
    code,
  })
  expect(toProductError(refused)).toMatchObject({ status: 507, code: 'notStored', cause: refused })
})
