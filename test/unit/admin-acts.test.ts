import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROUTES } from '../../src/kernel/routes.js'
import { AUDIT_ACTIONS } from '../../src/platform/audit/audit.actions.js'
import { RECORD_ACTIONS } from '../../src/platform/records/record.types.js'
import { ADMIN_FORMS } from '../support/admin-acts-table.js'

const MODULES = join(import.meta.dirname, '../../src/modules')

const words = new Set(
  readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => readFileSync(join(MODULES, name), 'utf8').match(/(?<=')[a-z]+(?:[-.][a-z]+)*(?=')/g) ?? []),
)

/** Written as `case-${state}`, `introduction-${act}`, `taxonomy.${act}`. */
const isWritten = (action: string) =>
  words.has(action) || words.has(action.replace(/^(case-|introduction-|taxonomy\.)/, '')) || action === 'create'

test('every form under /admin says what it leaves in the audit log, and all of that is written somewhere', () => {
  const forms = Object.entries(ROUTES).filter(([, { method, path }]) => method === 'POST' && path.startsWith('/admin'))
  expect(Object.keys(ADMIN_FORMS).sort()).toEqual(forms.map(([name]) => name).sort())
  const known: readonly string[] = [...RECORD_ACTIONS, ...AUDIT_ACTIONS]
  for (const [name, leaves] of Object.entries(ADMIN_FORMS)) {
    if ('nothing' in leaves) continue
    expect(leaves.length, name).toBeGreaterThan(0)
    for (const action of leaves)
      expect([name, action, known.includes(action), isWritten(action)]).toEqual([name, action, true, true])
  }
})

test('what only the park’s own people can do is left by one of their forms', () => {
  const own = AUDIT_ACTIONS.filter((action) => /^(case|reason|park|taxonomy)[.-]/.test(action))
  const left = new Set<string>(Object.values(ADMIN_FORMS).flatMap((leaves) => ('nothing' in leaves ? [] : leaves)))
  // A case may become moot by what its people do.
  expect(own.filter((action) => !left.has(action))).toEqual(['case-moot'])
})
