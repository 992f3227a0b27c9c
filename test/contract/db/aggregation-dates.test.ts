import { Decimal128 } from 'bson'
import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

const day = (text: string) => new Date(text)

/** What MongoDB answers, by its manual, to dates, texts and conversions. */
describe('dates and texts', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    await items().insertMany([
      { _id: 1 as never, none: null, at: day('2026-01-31T10:20:30.400Z'), new: day('2027-01-01T00:30:00Z') },
      { _id: 2 as never, other: true },
    ])
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Document>('items')
  const compute = async (value: unknown) => {
    const [result] = await items()
      .aggregate([{ $match: { _id: 1 } }, { $project: { _id: 0, value } }])
      .toArray()
    return result?.value
  }
  const zone = { timezone: 'Asia/Ho_Chi_Minh' }

  it.each<[unknown, unknown]>([
    [{ $year: '$none' }, null],
    [{ $month: ['$missing'] }, null],
    [{ $hour: { date: '$missing', timezone: 'UTC' } }, null],
    [{ $hour: { date: '$at', timezone: '$missing' } }, null],
    [{ $dateAdd: { startDate: '$missing', unit: 'day', amount: 1 } }, null],
    [{ $dateSubtract: { startDate: '$at', unit: 'day', amount: '$none' } }, null],
    [{ $dateDiff: { startDate: '$none', endDate: '$at', unit: 'day' } }, null],
    [{ $dateTrunc: { date: '$none', unit: 'day' } }, null],
    [{ $dateFromParts: { year: '$missing' } }, null],
    [{ $dateFromParts: { year: 2026, month: '$none' } }, null],
    [{ $dateToParts: { date: '$missing' } }, null],
    [{ $dateToString: { date: '$none' } }, null],
    [{ $dateToString: { date: '$none', onNull: '-' } }, '-'],
    [{ $dateToString: { date: '$none', onNull: '$missing' } }, undefined],
    [{ $dateAdd: { startDate: '$at', unit: 'month', amount: 1 } }, day('2026-02-28T10:20:30.400Z')],
    [{ $dateAdd: { startDate: day('2024-02-29'), unit: 'year', amount: 1 } }, day('2025-02-28')],
    [{ $dateSubtract: { startDate: '$at', unit: 'quarter', amount: 3 } }, day('2025-04-30T10:20:30.400Z')],
    [
      { $dateAdd: { startDate: day('2026-01-30T18:00:00Z'), unit: 'month', amount: 1, ...zone } },
      day('2026-02-27T18:00:00Z'),
    ],
    [{ $dateAdd: { startDate: '$at', unit: 'hour', amount: -11 } }, day('2026-01-30T23:20:30.400Z')],
    [{ $dateTrunc: { date: day('1970-01-01'), unit: 'month' } }, day('1970-01-01')],
    [{ $dateTrunc: { date: day('1970-05-01'), unit: 'quarter' } }, day('1970-04-01')],
    [{ $dateTrunc: { date: '$at', unit: 'year', binSize: 5 } }, day('2025-01-01')],
    [{ $dateTrunc: { date: '$at', unit: 'day', ...zone } }, day('2026-01-30T17:00:00Z')],
    // The examples of $dateTrunc in MongoDB's manual.
    [{ $dateTrunc: { date: day('2021-03-20T11:30:05Z'), unit: 'month' } }, day('2021-03-01')],
    [
      {
        $dateTrunc: {
          date: day('2021-03-20T11:30:05Z'),
          unit: 'week',
          binSize: 2,
          timezone: 'America/Los_Angeles',
          startOfWeek: 'Monday',
        },
      },
      day('2021-03-15T07:00:00Z'),
    ],
    [{ $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } }, day('2026-01-31T10:15:00Z')],
    [{ $dateDiff: { startDate: '$at', endDate: '$new', unit: 'year' } }, 1],
    [{ $dateDiff: { startDate: day('2021-01-24'), endDate: day('2021-01-25'), unit: 'week', startOfWeek: 'mon' } }, 1],
    [{ $dateDiff: { startDate: day('2021-01-24'), endDate: day('2021-01-25'), unit: 'week' } }, 0],
    [{ $dateFromParts: { year: 2026, month: 14, day: 31 } }, day('2027-03-03')],
    [{ $dateFromParts: { isoWeekYear: 2026, isoWeek: 1, isoDayOfWeek: 1 } }, day('2025-12-29')],
    [{ $dateFromParts: { year: 2026, hour: 1, ...zone } }, day('2025-12-31T18:00:00Z')],
    [
      { $dateToParts: { date: '$at', ...zone } },
      { year: 2026, month: 1, day: 31, hour: 17, minute: 20, second: 30, millisecond: 400 },
    ],
    [{ $isoWeekYear: '$new' }, 2026],
    [{ $isoWeek: '$new' }, 53],
    [{ $week: day('2026-01-04') }, 1],
    [{ $dayOfWeek: '$at' }, 7],
    [{ $dateToString: { date: '$new', format: '%G-W%V-%u %j %b %B %%' } }, '2026-W53-5 001 Jan January %'],
    [{ $dateToString: { date: '$at' } }, '2026-01-31T10:20:30.400Z'],
    [{ $dateToString: { date: '$at', timezone: '+07:00' } }, '2026-01-31T17:20:30.400'],
    [{ $dateFromString: { dateString: '2026-01-31T10:20:30', ...zone } }, day('2026-01-31T03:20:30Z')],
    [{ $dateFromString: { dateString: 'soon', onError: '$missing' } }, undefined],
    [{ $toDate: '2026-01-31T10:20:30' }, day('2026-01-31T10:20:30Z')],
    [{ $toDate: '2026-01-31 10:20' }, day('2026-01-31T10:20:00Z')],
    [{ $toDate: '2026-01-31T10:20:30.5+07:00' }, day('2026-01-31T03:20:30.500Z')],
    [{ $toDate: '2026-01-31' }, day('2026-01-31')],
    [{ $convert: { input: 'x', to: 'int', onError: '$$REMOVE' } }, undefined],
    [{ $convert: { input: '$none', to: 'int', onNull: '$missing' } }, undefined],
    [{ $convert: { input: '7', to: 'int', onError: { $divide: [1, '$_id'] } } }, 7],
    [{ $convert: { input: '7', to: 'int', onError: { $toInt: '$at' } } }, 7],
    [{ $convert: { input: '7', to: null } }, null],
    [{ $indexOfBytes: ['đất', 't'] }, 5],
    [{ $indexOfBytes: ['đất', 't', 0, 4] }, -1],
    [{ $substr: ['ruộng', 1, -1] }, 'uộng'],
    [{ $substrBytes: ['ruộng', 2, 3] }, 'ộ'],
    [{ $substrBytes: ['ab', 1, 9] }, 'b'],
    [{ $range: [3, 0, -2] }, [3, 1]],
    [{ $range: [3, 0] }, []],
  ])('%j', async (expression, expected) => {
    expect(await compute(expression)).toEqual(expected)
  })

  it.each<[unknown, number]>([
    [{ $year: 'text' }, 16006],
    [{ $dateAdd: { startDate: '$at', unit: 'fortnight', amount: 1 } }, 9],
    [{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1.5 } }, 40515],
    [{ $dateTrunc: { date: '$at', unit: 'day', timezone: 'Nowhere/Land' } }, 40485],
    [{ $toDate: 'Jan 31 2026' }, 241],
    [{ $toDate: '31/01/2026' }, 241],
    [{ $toDate: '2026-02-30' }, 241],
    [{ $dateFromString: { dateString: '31.01.2026', format: '%d.%m.%Y' } }, 238],
    [{ $convert: { input: '7', to: 'integer', onError: 0 } }, 2],
    [{ $convert: { input: '7', to: 99, onError: 0 } }, 9],
    [{ $substr: ['ruộng', 3, 1] }, 28656],
    [{ $range: [0, 2_000_000_000] }, 146],
    [{ $sqrt: Decimal128.fromString('2') }, 238],
    [{ $ln: Decimal128.fromString('2') }, 238],
    [{ $log: [Decimal128.fromString('2'), 2] }, 238],
    [{ $stdDevPop: [Decimal128.fromString('2'), 2] }, 238],
  ])('%j is refused', async (expression, code) => {
    await expect(compute(expression)).rejects.toMatchObject({ code })
  })

  it('$$NOW is one moment for a whole command', async () => {
    const many = Array.from({ length: 20_000 }, () => ({ of: 'clock' }))
    await database.db.collection('moments').insertMany(many)
    const found = await database.db
      .collection('moments')
      .aggregate([{ $group: { _id: '$$NOW' } }])
      .toArray()
    expect(found).toHaveLength(1)
  })

  it('the end of a month stays the end where a range is filled', async () => {
    await database.db.collection('months').insertMany([{ at: day('2026-01-31') }, { at: day('2026-03-31') }])
    const filled = await database.db
      .collection('months')
      .aggregate([{ $densify: { field: 'at', range: { step: 1, unit: 'month', bounds: 'full' } } }])
      .toArray()
    expect(filled.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
  })
})
