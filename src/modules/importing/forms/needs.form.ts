import { type NeedContent, needContent } from '../../needs/index.js'
import { given } from '../cells.js'
import { anyText, type RecordForm } from './record-form.js'
import { sizeBand } from './size-band.js'

/** Needs: `title` and `problem`, or `name` and `description`. */
export const needsForm: RecordForm<NeedContent> = {
  type: 'need',
  schema: needContent,
  fields: [
    ...[
      'externalId',
      'title',
      'name',
      'problem',
      'description',
      'outcome',
      'business',
      'anonymous',
      'services',
      'sector',
    ],
    ...[
      'sizeBand',
      'employees',
      'ward',
      'tools',
      'mustHaves',
      'niceToHaves',
      'budgetMin',
      'budgetMax',
      'start',
      'deadline',
    ],
    ...['onSite', 'visibility', 'maxResponders', 'status'],
  ],
  texts: ['title', 'name', 'problem', 'description', 'outcome'],
  aliases: { service: 'services', sectors: 'sector', wards: 'ward' },
  origins: {
    title: ['title', 'name'],
    problem: ['problem', 'description'],
    sizeBand: ['sizeBand', 'employees'],
    'budget.min': ['budgetMin'],
    'budget.max': ['budgetMax'],
    budget: ['budgetMin', 'budgetMax'],
  },
  identity: (content) => [content.title, content.problem],
  slugFrom: (content) => anyText(content.title),
  assemble: (cells, lookup) =>
    given({
      title: cells.text('title') ?? cells.text('name'),
      problem: cells.text('problem') ?? cells.text('description'),
      outcome: cells.text('outcome'),
      anonymous: cells.flag('anonymous'),
      services: cells.foundAll('services', lookup.service),
      sector: cells.found('sector', lookup.sector),
      sizeBand: sizeBand(cells, lookup),
      ward: cells.found('ward', lookup.ward, 'ward'),
      tools: cells.words('tools'),
      mustHaves: cells.words('mustHaves'),
      niceToHaves: cells.words('niceToHaves'),
      budget: given({ min: cells.money('budgetMin'), max: cells.money('budgetMax') }),
      start: cells.date('start'),
      deadline: cells.date('deadline'),
      onSite: cells.flag('onSite'),
      visibility: cells.word('visibility')?.toLowerCase(),
      maxResponders: cells.integer('maxResponders'),
    }),
}
