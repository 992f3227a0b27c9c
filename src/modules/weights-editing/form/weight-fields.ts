/** One figure of the weights, as people see it and set it. */
export interface WeightField {
  /** Where it stands in the weights, and the name of its field: `criteria.service`. */
  path: string
  /** `points` are set against each other; `percent` is a share from 0 to 1, shown times 100; the others are whole numbers. */
  unit: 'points' | 'percent' | 'days' | 'place'
  /** Bounds as they are shown, both included. */
  min: number
  max: number
}

/** Figures that are read together. */
export interface WeightGroup {
  name: string
  fields: readonly WeightField[]
}

// A weight of nothing would leave a reason without its width on the page: from 1 on it says hardly anything.
const points = (path: string): WeightField => ({ path, unit: 'points', min: 1, max: 100 })
const percent = (path: string, min = 0, max = 100): WeightField => ({ path, unit: 'percent', min, max })

// What fits clearly better stays before what fits less well, whatever is set.
const MOST_GIVEN_UP = 10

/**
 * All that can be set, in the order of the page; each has its words in the catalogues `weighing` under `fields`. What "met" and
 * "not met" are worth is not among them: all else is measured against these two.
 */
export const WEIGHT_GROUPS: readonly WeightGroup[] = [
  {
    name: 'criteria',
    fields: [
      ...[
        'service',
        'words',
        'evidence',
        'sector',
        'place',
        'budget',
        'mustHave',
        'refusal',
        'delivery',
        'language',
      ].map((name) => points(`criteria.${name}`)),
    ],
  },
  { name: 'value', fields: [percent('value.partly', 1, 99), percent('value.unknown', 1, 99)] },
  {
    name: 'text',
    fields: [
      percent('text'),
      percent('textAlone'),
      percent('textOfOthers'),
      percent('field'),
      percent('speciality'),
      percent('meaning'),
    ],
  },
  {
    name: 'service',
    fields: [percent('service.beside', 1), percent('service.textIsAbout', 1), percent('service.mentioned', 1)],
  },
  {
    name: 'limits',
    fields: [
      percent('sure', 5, 95),
      percent('evidence.close', 5),
      percent('evidence.loose', 5),
      percent('evidence.otherTrade', 5),
      percent('budgetTolerance'),
    ],
  },
  {
    name: 'spread',
    fields: [
      percent('spread.nearTie', 0, MOST_GIVEN_UP),
      percent('spread.variety', 0, MOST_GIVEN_UP),
      { path: 'newcomer.days', unit: 'days', min: 0, max: 365 },
      { path: 'newcomer.reach', unit: 'place', min: 11, max: 50 },
      percent('newcomer.within', 0, MOST_GIVEN_UP),
      percent('stepBack'),
    ],
  },
]

export const WEIGHT_FIELDS: readonly WeightField[] = WEIGHT_GROUPS.flatMap(({ fields }) => fields)

/** Pairs of figures of which the first may not be above the second, or the ranking would turn against what it says of itself. */
export const ORDERED: readonly (readonly [lower: string, higher: string])[] = [
  ['value.unknown', 'value.partly'],
  ['text', 'textAlone'],
  ['service.mentioned', 'service.textIsAbout'],
  ['evidence.loose', 'evidence.close'],
]
