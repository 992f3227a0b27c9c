import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '../../../src')

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))

test('nothing in the product changes or takes out an entry of the audit log, but for its place and what was of an erased person', () => {
  const holders = sources.filter(({ text }) =>
    /\b(audit\b[^}]*\} = recordModels|recordModels\([^)]*\)\.audit|chainModels\()\b/.test(text),
  )
  expect(holders.map(({ name }) => name)).toContain('platform/audit/audit.repository.ts')
  const writing =
    /\b(audit|entries)\s*(\.collection)?\s*\.\s*(update|delete|replace|findOneAnd|findByIdAnd|bulkWrite|drop)/
  const writers = holders.filter(({ text }) => writing.test(text)).map(({ name }) => name)
  expect(writers.sort()).toEqual(['platform/audit/chain/forgetting.ts', 'platform/audit/chain/sealing.ts'])
})
