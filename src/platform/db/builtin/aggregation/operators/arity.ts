import { isDoc } from '../../bson/values.js'
import { MongoError } from '../../errors.js'

/** How many operands an operator takes, from and to, where MongoDB counts them. */
const COUNTS: ReadonlyMap<string, readonly [number, number]> = new Map(
  (
    [
      [
        '$abs $acos $acosh $allElementsTrue $anyElementTrue $arrayToObject $asin $asinh $atan $atanh $bitNot $ceil $cos $cosh',
        1,
      ],
      ['$degreesToRadians $exp $first $floor $isArray $isNumber $last $ln $log10 $not $objectToArray', 1],
      ['$radiansToDegrees $reverseArray $sin $sinh $size $sqrt $strLenBytes $strLenCP $tan $tanh $toBool $toDate', 1],
      ['$toDecimal $toDouble $toInt $toLong $toLower $toObjectId $toString $toUpper $type', 1],
      ['$arrayElemAt $atan2 $cmp $divide $eq $gt $gte $in $log $lt $lte $mod $ne $pow $setDifference', 2],
      ['$setIsSubset $split $strcasecmp $subtract', 2],
      ['$substr $substrBytes $substrCP', 3],
      ['$round $trunc', 1, 2],
      ['$range $slice', 2, 3],
      ['$indexOfArray $indexOfBytes', 2, 4],
    ] as const
  ).flatMap(([names, least, most = least]) => names.split(' ').map((name) => [name, [least, most]] as const)),
)

/** The arguments of operators that take them by name, and MongoDB's code for others. */
const NAMES: ReadonlyMap<string, { code: number; names: readonly string[] }> = new Map(
  Object.entries({
    $cond: [17083, 'if then else'],
    $convert: [9, 'input to onError onNull'],
    $dateAdd: [5166401, 'startDate unit amount timezone'],
    $dateDiff: [5166302, 'startDate endDate unit timezone startOfWeek'],
    $dateFromParts: [40518, 'year month day isoWeekYear isoWeek isoDayOfWeek hour minute second millisecond timezone'],
    $dateFromString: [40541, 'dateString format timezone onError onNull'],
    $dateSubtract: [5166401, 'startDate unit amount timezone'],
    $dateToParts: [40520, 'date timezone iso8601'],
    $dateToString: [18534, 'date format timezone onNull'],
    $dateTrunc: [5439008, 'date unit binSize timezone startOfWeek'],
    $filter: [28647, 'input as cond limit'],
    $firstN: [5787901, 'input n'],
    $getField: [3041701, 'field input'],
    $lastN: [5787901, 'input n'],
    $let: [16875, 'vars in'],
    $ltrim: [50694, 'input chars'],
    $map: [16879, 'input as in'],
    $maxN: [5787901, 'input n'],
    $median: [40415, 'input method'],
    $minN: [5787901, 'input n'],
    $percentile: [40415, 'input p method'],
    $reduce: [40076, 'input initialValue in'],
    $regexFind: [31024, 'input regex options'],
    $regexFindAll: [31024, 'input regex options'],
    $regexMatch: [31024, 'input regex options'],
    $replaceAll: [51750, 'input find replacement'],
    $replaceOne: [51750, 'input find replacement'],
    $rtrim: [50694, 'input chars'],
    $setField: [4161101, 'field input value'],
    $sortArray: [2942501, 'input sortBy'],
    $switch: [40067, 'branches default'],
    $trim: [50694, 'input chars'],
    $unsetField: [4161101, 'field input'],
    $zip: [34464, 'inputs useLongestLength defaults'],
  } as const).map(([operator, [code, names]]) => [operator, { code, names: names.split(' ') }]),
)

/** Operators by name that have another form as well: a list of operands, or an expression. */
const ALSO_PLAIN = new Set(['$cond', '$getField'])

/** @throws MongoError where an operator is given more or fewer operands than it takes, or arguments that it has not */
export function checkArguments(operator: string, argument: unknown): void {
  const given = Array.isArray(argument) ? argument.length : 1
  const [least, most] = COUNTS.get(operator) ?? [0, Number.POSITIVE_INFINITY]
  if (given < least || given > most) {
    if (least === most)
      throw new MongoError(
        'Location16020',
        `Expression ${operator} takes exactly ${least} arguments. ${given} were passed in.`,
      )
    throw new MongoError(
      'Location28667',
      `Expression ${operator} takes at least ${least} arguments, and at most ${most}, but ${given} were passed in.`,
    )
  }
  const known = NAMES.get(operator)
  if (!known) return
  if (!isDoc(argument)) {
    if (ALSO_PLAIN.has(operator)) return
    throw new MongoError('FailedToParse', `${operator} only supports an object as its argument`)
  }
  // A document that is itself an expression is the operand, where there is a plain form.
  const names = Object.keys(argument)
  if (ALSO_PLAIN.has(operator) && names[0]?.startsWith('$')) return
  const other = names.find((name) => !known.names.includes(name))
  if (other === undefined) return
  const code = known.code === 9 ? 'FailedToParse' : (`Location${known.code}` as const)
  throw new MongoError(code, `Unrecognized argument to ${operator}: ${other}`)
}
