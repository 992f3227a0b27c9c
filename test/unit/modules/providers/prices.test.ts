import { expect, test } from 'vitest'
import { lowestPrice } from '../../../../src/modules/providers/prices.rules.js'

test.each([
  ['nothing is stated', [undefined, undefined], null],
  ['the lowest floor counts', [{ min: 9e6, max: 2e7 }, { min: 3e6 }], { min: 3e6 }],
  ['a floor counts before a lower ceiling', [{ max: 1e6 }, { min: 5e6 }], { min: 5e6 }],
  ['the lowest ceiling counts where there is no floor', [{ max: 8e6 }, { max: 4e6 }], { max: 4e6 }],
  ['free of charge is a price', [{ min: 0, max: 2e6 }, { min: 1e6 }], { min: 0 }],
])('%s', (_title, prices, lowest) => {
  expect(lowestPrice(prices.map((price) => ({ service: 'pos', price })))).toEqual(lowest)
})
