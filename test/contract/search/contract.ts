import { afterEach, beforeEach, describe } from 'vitest'
import type { SearchPort } from '../../../src/platform/search/index.js'
import { describeAsTyped } from './as-typed.js'
import { describeFilters } from './filters.js'
import { describeFindability } from './findability.js'
import { FIRMS, LEXICON, SCHEMA } from './fixtures.js'
import { describeMatching } from './matching.js'
import { describePages } from './pages.js'
import { describeWrites } from './writes.js'

/** The engine under test, filled with the fixtures before each test. */
export interface Subject {
  engine: SearchPort
}

/** What every engine promises. `makeEngine` gives an engine without any index; it is closed after each test. */
export function describeSearchContract(name: string, makeEngine: () => Promise<SearchPort>): void {
  describe(`the search port on ${name}`, () => {
    const subject = {} as Subject
    beforeEach(async () => {
      subject.engine = await makeEngine()
      await subject.engine.ensureIndex('providers', SCHEMA)
      await subject.engine.useLexicon(LEXICON)
      await subject.engine.upsert('providers', FIRMS)
      await subject.engine.flush('providers')
    })
    afterEach(() => subject.engine.close())

    describeWrites(subject)
    describeFilters(subject)
    describePages(subject)
    describeFindability(subject)
    describeMatching(subject)
  })
  describeAsTyped(name, makeEngine)
}
