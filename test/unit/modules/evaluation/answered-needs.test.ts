import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { answeredSets, judgedNeeds } from '../../../../scripts/support/measured.js'
import { openAnsweredSet, UnreadableSet } from '../../../../src/modules/evaluation/index.js'
import { ADDRESS, PHONE, repeated, withoutMarks } from '../../../support/texts.js'
import { demonstrationFirms, taxonomy } from '../matching/demonstration-park.js'

const sets = await answeredSets()
const all = sets.flatMap(({ needs }) => needs)
const listed = new Set(demonstrationFirms.map(({ externalId }) => externalId))
const services = new Set(taxonomy.taxonomy.services.map(({ id }) => id))

describe('the needs that are answered or not', () => {
  it('have names of their own, also beside the judged needs', async () => {
    expect(repeated([...all, ...(await judgedNeeds())].map(({ id }) => id))).toEqual([])
  })

  it.each(sets)('$name: the two kinds are no smaller than a third', ({ needs }) => {
    const answered = needs.filter((need) => need.answered).length
    expect(Math.min(answered, needs.length - answered)).toBeGreaterThanOrEqual(needs.length / 3)
  })

  it.each(sets)('$name: all are told in the same voices, and no text comes twice', ({ needs }) => {
    expect(new Set(needs.map(({ text }) => Object.keys(text).join())).size).toBe(1)
    expect(repeated(needs.flatMap(({ text }) => Object.values(text)))).toEqual([])
  })

  it.each(all)('$id: names services and firms that there are, and only the marks differ', (need) => {
    expect(need.services.filter((service) => !services.has(service))).toEqual([])
    expect((need.firms ?? []).filter((firm) => !listed.has(firm))).toEqual([])
    expect(need.text.unaccented).toBe(withoutMarks(need.text.accented ?? ''))
    for (const text of Object.values(need.text)) {
      expect(text).not.toMatch(PHONE)
      expect(text).not.toMatch(ADDRESS)
    }
  })

  it('say of "inside" which service each is near to, and who does it where somebody does', () => {
    const inside = sets.find(({ name }) => name === 'inside')?.needs ?? []
    expect(inside.filter((need) => need.services.length === 0)).toEqual([])
    expect(inside.filter((need) => need.answered !== (need.firms !== undefined))).toEqual([])
  })
})

describe('a file of needs that are answered or not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'answered-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const need = { id: 'a-need', services: ['e-invoice'], answered: true, text: { english: 'a bill' } }
  const read = (...needs: unknown[]) => {
    const path = join(folder, 'set.json')
    writeFileSync(path, JSON.stringify(needs))
    return openAnsweredSet(path)
  }

  it('is read with what was written down', async () => {
    expect(await read(need, { ...need, firms: ['f'] })).toEqual([need, { ...need, firms: ['f'] }])
  })

  it.each([
    ['an answer by no service', { ...need, services: [] }, '1'],
    ['firms where nobody does it', { ...need, answered: false, firms: ['f'] }, '1'],
    ['a text in no voice', { ...need, text: {} }, '1.text'],
    ['a voice that there is not', { ...need, text: { sung: 'a bill' } }, '1.text'],
    ['a field that is not read', { ...need, kind: 'x' }, '1'],
  ])('is refused with %s, and where that is', async (_, wrong, at) => {
    const reading = read(need, wrong)
    await expect(reading).rejects.toThrow(UnreadableSet)
    await expect(reading).rejects.toThrow(`set.json: ${at}:`)
  })
})
