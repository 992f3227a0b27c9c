import { describe, expect, test } from 'vitest'
import {
  recodedRecord,
  shippedTaxonomy,
  type Taxonomy,
  toLexicon,
  viewOf,
  withSuccessors,
} from '../../../../src/modules/taxonomy/index.js'
import { nearestTerms } from '../../../../src/modules/taxonomy/nearest.rules.js'
import { applied, entryOf, overtaken } from '../../../../src/modules/taxonomy-editing/acts/acts.rules.js'
import type { Act } from '../../../../src/modules/taxonomy-editing/acts/acts.types.js'
import { warningsOf } from '../../../../src/modules/taxonomy-editing/acts/words.rules.js'
import { movesBetween, unretagged } from '../../../../src/modules/taxonomy-editing/retagging/retags.rules.js'

const shipped = shippedTaxonomy()

function doing(taxonomy: Taxonomy, ...acts: Act[]): Taxonomy {
  return acts.reduce((now, act) => {
    const outcome = applied(now, act)
    if (!outcome.ok) throw new Error(outcome.reason)
    return outcome.taxonomy
  }, taxonomy)
}

const merge = (id: string, successor: string): Act => ({ act: 'merge', kind: 'service', id, successor })

describe('retired entries', () => {
  test('of a chain of mergers each leads to the last, and no id is ever given again', () => {
    const now = doing(shipped, merge('e-invoice', 'accounting'), merge('accounting', 'pos'))
    const view = viewOf(now)
    expect(view.service('e-invoice')?.id).toBe('pos')
    expect(view.name('service', 'accounting', 'vi')).toBe(view.service('pos')?.name.vi)
    const entry = { ...shipped.services[0], id: 'e-invoice' } as never
    expect(applied(now, { act: 'add', kind: 'service', entry })).toEqual({ ok: false, reason: 'idTaken' })
  })

  test('the last one followed by others is not retired without a successor', () => {
    const now = doing(shipped, merge('e-invoice', 'accounting'))
    const retire: Act = { act: 'retire', kind: 'service', id: 'accounting', successor: null }
    expect(applied(now, retire)).toEqual({ ok: false, reason: 'successorWanted' })
  })

  test('a record that has both keeps the successor once, in services, cases and sector alike', () => {
    const view = viewOf(
      doing(shipped, merge('e-invoice', 'accounting'), { ...merge('rice', 'fruit'), kind: 'sector' } as Act),
    )
    const record = {
      published: {
        services: [
          { service: 'accounting', evidence: { vi: 'của mình' } },
          { service: 'e-invoice' },
          { service: 'pos' },
        ],
        sectors: ['rice', 'fruit'],
        cases: [{ service: 'e-invoice', sector: 'rice', year: 2020 }],
      },
      working: null,
    }
    expect(withSuccessors(record, view).published).toEqual({
      services: [{ service: 'accounting', evidence: { vi: 'của mình' } }, { service: 'pos' }],
      sectors: ['fruit'],
      cases: [{ service: 'accounting', sector: 'fruit', year: 2020 }],
    })
    expect(withSuccessors(record, viewOf(shipped)), 'nothing is retired').toBe(record)
  })

  test('putting an old version back tells which records return, and leaves out what came later', () => {
    const added: Act = { act: 'add', kind: 'sector', entry: { ...shipped.sectors[0], id: 'salt' } as never }
    const now = doing(shipped, merge('e-invoice', 'accounting'), added)
    const back = doing(now, { act: 'restore', version: 1, taxonomy: shipped })
    expect(movesBetween(shipped, now).forward).toEqual([{ kind: 'service', from: 'e-invoice', to: 'accounting' }])
    expect(movesBetween(now, back)).toEqual({ forward: [], back: [{ kind: 'service', from: 'e-invoice' }] })
    expect(back.retired).toEqual([expect.objectContaining({ id: 'salt', successor: null })])
  })
})

describe('a retagging that is undone', () => {
  const move = { kind: 'service', from: 'e-invoice', to: 'accounting' } as const
  const before = { services: [{ service: 'e-invoice' }, { service: 'pos' }], founded: 2001 }
  const retagged = recodedRecord({ published: before, working: null }, (_kind, id) => (id === move.from ? move.to : id))

  test('leaves what was changed since', () => {
    const now = {
      ...retagged.published,
      founded: 1999,
      services: [...retagged.published.services, { service: 'website' }],
    }
    expect(unretagged(now, before, retagged.published, move)).toEqual({
      founded: 1999,
      services: [{ service: 'e-invoice' }, { service: 'pos' }, { service: 'website' }],
    })
  })

  test('brings nothing back that was taken out since', () => {
    const now = { ...retagged.published, services: [{ service: 'pos' }] }
    expect(unretagged(now, before, retagged.published, move)).toEqual(now)
  })
})

describe('two curators', () => {
  const accounting = entryOf(shipped, 'service', 'accounting')
  const words = (list: 'synonyms' | 'cues', word: string): Act => {
    if (!accounting) throw new Error('no accounting')
    return {
      act: 'change',
      kind: 'service',
      from: accounting,
      to: { ...accounting, [list]: [...accounting[list], word] },
    }
  }

  test('at one entry are told, at two are not; the changes of both stand', () => {
    const first = doing(shipped, words('synonyms', 'cô Tư'))
    expect(overtaken(words('cues', 'chú Năm'), shipped, first)).toBe(true)
    expect(overtaken(merge('pos', 'website'), shipped, first)).toBe(false)
    const both = entryOf(doing(first, words('cues', 'chú Năm')), 'service', 'accounting')
    expect([both?.synonyms.at(-1), both?.cues.at(-1)]).toEqual(['cô Tư', 'chú Năm'])
  })
})

describe('words', () => {
  const warned = (list: 'synonyms' | 'abbreviations' | 'cues', word: string) => {
    const act: Act = { act: 'word', kind: 'service', id: 'accounting', list, word, miss: null }
    return warningsOf(act, shipped, doing(shipped, act)).map(({ code }) => code)
  }

  test.each([
    ['synonyms', 'hoa don do', ['taken']],
    ['synonyms', 'htx', ['taken']],
    ['synonyms', 'đèn', ['short']],
    ['synonyms', 'của và', ['general']],
    ['cues', 'mỏi', ['short']],
    ['abbreviations', 'qwktn', []],
    ['synonyms', 'ghi sổ hộ kinh doanh', []],
  ] as const)('%s “%s”: %j', (list, word, codes) => {
    expect(warned(list, word)).toEqual(codes)
  })

  test('a mistyped name is offered for the entry it is nearest to', () => {
    const nearest = (phrase: string) =>
      nearestTerms(phrase, shipped, toLexicon(shipped), 3).map(({ entry }) => entry.id)
    expect(nearest('fan mem ke toan')[0]).toBe('accounting')
    expect(nearest('chu ki so dien tu')[0]).toBe('digital-signature')
    expect(nearest('zzyzx qwrtp')).toEqual([])
  })
})
