import { describe, expect, test } from 'vitest'
import {
  ACTIONS,
  type Action,
  type Actor,
  type AnyResource,
  can,
  type Resource,
  VISITOR,
  visibleTo,
} from '../../../src/kernel/permissions.js'

/** Who may do what, as a table: a line for each action on each thing, with everybody who may. Nobody else may. */

const person = (over: Partial<Extract<Actor, { kind: 'person' }>> = {}): Actor => ({
  kind: 'person',
  personId: 'somebody',
  memberships: [],
  staff: null,
  ...over,
})

const memberOf = (type: 'provider' | 'business', organisation: string, role: 'owner' | 'editor' | 'viewer') =>
  person({ memberships: [{ type, organisation, role }] })

const ACTORS = {
  visitor: VISITOR,
  guest: { kind: 'guest', needId: 'n1', personId: 'guest', proved: true },
  /** At the browser that posted the need, whoever sits there. */
  'unproved guest': { kind: 'guest', needId: 'n1', personId: 'guest', proved: false },
  'other guest': { kind: 'guest', needId: 'n2', personId: 'guest2', proved: true },
  person: person(),
  poster: person({ personId: 'poster' }),
  'firm owner': memberOf('provider', 'firm', 'owner'),
  'firm editor': memberOf('provider', 'firm', 'editor'),
  'firm viewer': memberOf('provider', 'firm', 'viewer'),
  'other firm': memberOf('provider', 'other', 'owner'),
  'business owner': memberOf('business', 'shop', 'owner'),
  'business editor': memberOf('business', 'shop', 'editor'),
  'business viewer': memberOf('business', 'shop', 'viewer'),
  curator: person({ staff: 'curator' }),
  administrator: person({ staff: 'administrator' }),
} as const satisfies Record<string, Actor>
type Who = keyof typeof ACTORS

const need = (over: Partial<Resource> = {}): Resource => ({
  ...{ type: 'need', id: 'n1', published: true, archived: false, visibility: 'public' },
  ...{ organisation: 'shop', ownerId: 'poster' },
  ...over,
})
const firm = (over: Partial<Resource> = {}): Resource => ({ ...need({ type: 'provider', id: 'firm' }), ...over })
const introduction = (accepted: boolean): AnyResource => ({
  ...{ type: 'introduction', id: 'i1', needId: 'n1', business: 'shop', ownerId: 'poster', provider: 'firm', accepted },
})
const aCase = (): AnyResource => ({ type: 'case', id: 'c1', personId: 'poster', organisation: 'firm' })
const ofFirm: AnyResource = { type: 'organisation', id: 'firm' }

const EVERYBODY = Object.keys(ACTORS) as Who[]
const STAFF: Who[] = ['curator', 'administrator']
const SIGNED_IN = EVERYBODY.filter((who) => ACTORS[who].kind === 'person')
const NEED_READERS: Who[] = ['guest', 'poster', 'business owner', 'business editor', 'business viewer']
const NEED_WRITERS: Who[] = ['guest', 'poster', 'business owner', 'business editor']
const FIRM_READERS: Who[] = ['firm owner', 'firm editor', 'firm viewer']
const FIRM_WRITERS: Who[] = ['firm owner', 'firm editor']

const TABLE: readonly (readonly [Action, string, AnyResource | undefined, readonly Who[]])[] = [
  ['page:read', 'a page', undefined, EVERYBODY],
  ['service:probe', 'a probe', undefined, EVERYBODY],
  ['listing:browse', 'the directory', undefined, EVERYBODY],
  ['listing:read', 'a published firm', firm(), EVERYBODY],
  [
    'listing:read',
    'a firm not published',
    firm({ published: false, visibility: 'hidden' }),
    [...FIRM_READERS, ...STAFF],
  ],
  ['listing:read', 'a firm taken out', firm({ archived: true }), [...FIRM_READERS, ...STAFF]],
  ['listing:read', 'no record', undefined, []],
  ['listing:curate', 'a firm', firm(), STAFF],
  ['listing:curate', 'a need', need(), STAFF],
  ['listing:curate', 'no record', undefined, []],
  ['need:browse', 'the needs', undefined, EVERYBODY],
  ['need:read', 'a public need', need(), EVERYBODY],
  [
    ...(['need:read', 'a need for the park', need({ visibility: 'park' })] as const),
    ['unproved guest', ...NEED_READERS, ...FIRM_READERS, 'other firm', ...STAFF],
  ],
  [
    ...(['need:read', 'a need for matched firms', need({ visibility: 'matched' })] as const),
    ['unproved guest', ...NEED_READERS, ...STAFF],
  ],
  [
    ...(['need:read', 'a need not published', need({ published: false, visibility: 'hidden' })] as const),
    ['unproved guest', ...NEED_READERS, ...STAFF],
  ],
  ['need:read', 'a firm in place of a need', firm({ id: 'n1' }), []],
  ['need:post', 'a need', undefined, EVERYBODY],
  ['need:follow', 'a mailed link', undefined, EVERYBODY],
  ['need:withdraw', 'a need', need(), ['unproved guest', ...NEED_WRITERS]],
  ['need:edit', 'a need', need(), NEED_WRITERS],
  ['need:edit', 'no need', undefined, []],
  ['match:run', 'a question', undefined, EVERYBODY],
  ['alert:use', 'a mailed link', undefined, EVERYBODY],
  ['alert:watch', 'a need', need(), NEED_READERS],
  ['alert:watch', 'a firm', ofFirm, FIRM_READERS],
  ['alert:watch', 'nothing', undefined, []],
  ['demand:read', 'the counts', undefined, EVERYBODY],
  ['account:enter', 'the way in', undefined, EVERYBODY],
  ['account:use', 'his account', undefined, SIGNED_IN],
  ['person:read-data', 'somebody', { type: 'person', id: 'poster' }, ['poster']],
  ['person:read-data', 'a guest', { type: 'person', id: 'guest' }, ['guest']],
  ['person:erase', 'a guest', { type: 'person', id: 'guest' }, ['guest']],
  ['person:withdraw-consent', 'a guest', { type: 'person', id: 'guest' }, ['guest']],
  ['person:ask', 'a guest', { type: 'person', id: 'guest' }, ['guest']],
  ['person:withdraw-consent', 'somebody', { type: 'person', id: 'poster' }, ['poster']],
  ['person:erase', 'somebody', { type: 'person', id: 'poster' }, ['poster']],
  ['person:erase', 'nobody', undefined, []],
  ['person:ask', 'somebody', { type: 'person', id: 'poster' }, ['poster']],
  ['organisation:use', 'the area', undefined, SIGNED_IN],
  ['organisation:create', 'a firm', undefined, SIGNED_IN],
  ['organisation:claim', 'a firm', undefined, SIGNED_IN],
  ['organisation:read', 'a firm', ofFirm, [...FIRM_READERS, ...STAFF]],
  ['organisation:edit', 'a firm', ofFirm, FIRM_WRITERS],
  ['organisation:manage', 'a firm', ofFirm, ['firm owner']],
  ['organisation:edit', 'no firm', undefined, []],
  ['introduction:use', 'the area', undefined, SIGNED_IN],
  ['introduction:read', 'one', introduction(false), [...NEED_READERS, ...FIRM_READERS, ...STAFF]],
  ['introduction:ask', 'a need', need(), NEED_WRITERS],
  ['introduction:offer', 'a firm', ofFirm, FIRM_WRITERS],
  ['introduction:answer-request', 'one', introduction(false), FIRM_WRITERS],
  ['introduction:answer-offer', 'one', introduction(false), NEED_WRITERS],
  ['introduction:withdraw-request', 'one', introduction(false), NEED_WRITERS],
  ['introduction:withdraw-offer', 'one', introduction(false), FIRM_WRITERS],
  ['introduction:tell-outcome', 'one', introduction(true), [...NEED_WRITERS, ...FIRM_WRITERS]],
  ['introduction:contacts', 'one not accepted', introduction(false), []],
  ['introduction:contacts', 'one accepted', introduction(true), [...NEED_READERS, ...FIRM_READERS]],
  ['introduction:settle', 'one', undefined, STAFF],
  ['admin:use', 'the area', undefined, STAFF],
  ['case:decide', "somebody's case", aCase(), STAFF],
  ['case:decide', 'no case', undefined, []],
  ['admin:listings', 'the listings', undefined, STAFF],
  ['admin:import', 'files', undefined, STAFF],
  ['admin:taxonomy', 'the words', undefined, STAFF],
  ['admin:overview', 'the figures', undefined, STAFF],
  ['admin:matching', 'the ranking', undefined, STAFF],
  ['admin:change-matching', 'the ranking', undefined, ['administrator']],
  ['admin:park', 'the park', undefined, ['administrator']],
  ['admin:audit', 'the audit', undefined, ['administrator']],
  ['admin:people', 'people', undefined, ['administrator']],
  ['admin:outbox', 'mails', undefined, ['administrator']],
  ['admin:search', 'the search engines', undefined, ['administrator']],
  ['admin:requests', 'requests', undefined, ['administrator']],
]

describe('permissions', () => {
  test.each(TABLE)('%s of %s', (action, _what, resource, allowed) => {
    const may = EVERYBODY.filter((who) => can(ACTORS[who], action, resource))
    expect(may.sort()).toEqual([...allowed].sort())
  })

  test('a curator does not decide what he has asked for himself, nor on a firm of his own', () => {
    const own = { type: 'case', id: 'c1', personId: 'somebody', organisation: null } as const
    const ofFirms = { type: 'case', id: 'c1', personId: null, organisation: 'firm' } as const
    const inFirm = { type: 'provider', organisation: 'firm', role: 'viewer' } as const
    for (const staff of ['curator', 'administrator'] as const) {
      expect(can(person({ staff }), 'case:decide', own)).toBe(false)
      expect(can(person({ staff, memberships: [inFirm] }), 'case:decide', ofFirms)).toBe(false)
      expect(can(person({ staff }), 'case:decide', ofFirms)).toBe(true)
    }
  })

  test('every action stands in the table', () => {
    expect([...new Set(TABLE.map(([action]) => action))].sort()).toEqual([...ACTIONS].sort())
  })

  test('the product itself may do everything', () => {
    for (const action of ACTIONS) expect(can({ kind: 'system', name: 'import' }, action)).toBe(true)
  })

  test('lists hold public records; for members of firms those of the park too, for staff all that are published', () => {
    const seen = (who: Who) => visibleTo(ACTORS[who])
    for (const who of ['visitor', 'guest', 'person', 'business owner'] as const)
      expect(seen(who)).toEqual({ published: true, archived: false, visibility: ['public'] })
    expect(seen('firm viewer').visibility).toEqual(['public', 'park'])
    const entered = { type: 'provider', organisation: 'new', role: 'owner', waiting: true } as const
    expect(visibleTo(person({ memberships: [entered] })).visibility).toEqual(['public'])
    for (const who of STAFF) expect(seen(who).visibility).toEqual(['public', 'park', 'matched'])
  })
})
