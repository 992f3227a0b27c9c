import type { CaseRow } from '../../src/modules/curation/index.js'
import type { TestProduct } from './product.js'

const ALL = { kind: null, assigned: null, dueBefore: null }

/** All that waits for curators, the most urgent first. */
export const waitingCases = ({ core }: TestProduct): Promise<CaseRow[]> =>
  core.cases.waiting(core.park().id, ALL, { offset: 0, size: 1_000 })
