import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltinDatabase, startBuiltinDatabase } from '../../src/platform/db/builtin/index.js'
import { addPerson, signedIn } from '../support/accounts.js'
import { newGuest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Two instances on one database: what is changed at one is seen at the other. */

const folder = mkdtempSync(join(tmpdir(), 'instances-'))
let database: BuiltinDatabase
let one: TestProduct
let other: TestProduct

beforeAll(async () => {
  database = await startBuiltinDatabase({ dataDir: folder })
  const env = { MONGODB_URI: database.uri }
  one = await startTestProduct({ unlimited: true, env })
  other = await startTestProduct({ unlimited: true, env })
})

afterAll(async () => {
  expect([...one.faults(), ...other.faults()]).toEqual([])
  await one.close()
  await other.close()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a command that marks the data as made up is seen by an instance that runs', async () => {
  await one.core.parks.markDemonstration(one.core.park().id, true)
  expect(other.core.park().demonstration).toBe(false)
  await other.core.settings.catchUp()
  expect(other.core.park().demonstration).toBe(true)
})

test('what an administrator saves at one is on the pages of the other', async () => {
  const staff = await signedIn(one, await addPerson(one, { staff: 'administrator' }))
  const save = async (section: string, fields: Record<string, string>) =>
    staff.submit(await staff.get(`/admin/park/${section}`), fields)
  await save('name', { 'name.vi': 'Khu Công nghệ số Xà No' })
  await save('page-terms', { 'text.vi': 'Mỗi bên **giữ lời**.' })
  await other.core.settings.catchUp()
  const { text } = await newGuest(other.url).get('/terms')
  expect(text).toContain('Khu Công nghệ số Xà No')
  expect(text).toContain('<strong>giữ lời</strong>')
})
