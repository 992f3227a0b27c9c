import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from '../support/accounts.js'
import { type CrawledPage, crawl } from '../support/crawl.js'
import { filledIn, namesOf, type PostingForm, postingFormsIn, wrongFieldsIn } from '../support/forms.js'
import { countsTable, type FieldAnswer, type FuzzedField, fuzz } from '../support/fuzzing.js'
import { type Answer, type Guest, newGuest } from '../support/guest.js'
import { attackPayloads, naughtyStrings } from '../support/hostile-strings.js'
import { shapesOfTemplates } from '../support/known-shapes.js'
import { activeMarkupIn, shapesIn } from '../support/markup.js'
import { postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { addRoles, ROLES, type Role, type Roles } from '../support/roles.js'

/** Hostile strings through every field of every form that each role is shown, with tokens that fit. */

const MOST_OF_A_CLASS = 20
const naughty = naughtyStrings()
const payloads = attackPayloads()
const values = [...(naughty ?? []), ...Object.values(payloads ?? {}).flatMap((of) => of.slice(0, MOST_OF_A_CLASS))]

/** A field sees every how manieth value, each field and each role others of them; 1 sends all, which takes some hours. */
const EVERY = Number(process.env.NAUGHTY_EVERY ?? Math.max(values.length, 1))

/** Forms that end the session or the account they are sent from. */
const ENDS = /^\/(sign-out|account\/(erasure|deletion))$/

/** What a page may answer to nonsense: anything but a fault of its own. */
const REACHED = [200, 303, 400, 403, 404, 409, 413, 422, 429]

/** Words that stand in what belongs to others, and who may read them. */
const MARKS = [
  { word: 'dauhieuchudnkhac', readers: ['owner of another firm', 'curator', 'administrator'] },
  { word: 'dauhieubannhap', readers: ['owner of another firm', 'curator', 'administrator'] },
  { word: 'dauhieunhucaukhach', readers: ['curator', 'administrator'] },
] as const satisfies readonly { word: string; readers: readonly Role[] }[]

/** Colleagues with fewer rights are shown the forms of those with more, or fewer: they send only where all is sent. */
const SENDERS = ROLES.filter(
  (role) =>
    process.env.NAUGHTY_EVERY ||
    !['staff before the second factor', 'firm editor', 'firm viewer', 'business viewer'].includes(role),
)

/** Who looks in the end at what all have sent. */
const LOOKERS: readonly Role[] = ['visitor', 'firm owner', 'curator', 'administrator']

/** Shapes of markup that pages had before anything was sent. */
const ORDINARY = new Set<string>()

let product: TestProduct
let roles: Roles
/** What each role was shown before anything was sent. */
const shownTo = new Map<Role, CrawledPage[]>()

beforeAll(async () => {
  if (values.length === 0) return
  product = await startTestProduct({ demo: true, unlimited: true })
  roles = await addRoles(product)
  const { db } = product.core
  const [owner, draft, need] = MARKS
  const other = roles.people.get('owner of another firm')?.personId
  await db.collection('people').updateOne({ _id: other as never }, { $set: { name: `Chị ${owner.word}` } })
  await db
    .collection('providers')
    .updateOne({ _id: roles.otherFirm.id as never }, [
      { $set: { working: { $mergeObjects: ['$published', { tagline: { vi: `Sắp đổi ${draft.word}` } }] } } },
    ])
  await postNeed(newGuest(product.url), {}, { title: `Việc riêng ${need.word}`, name: need.word })
  for (const role of SENDERS) {
    // Forms are found on one page of a kind; ordinary shapes on the pages that are looked at in the end, too.
    const pages = await crawl(await browserOf(role), roles, LOOKERS.includes(role) ? undefined : 1)
    shownTo.set(role, pages)
    for (const { text } of pages) for (const shape of shapesIn(text)) ORDINARY.add(shape)
  }
}, 300_000)

afterAll(() => product?.close())

async function browserOf(role: Role): Promise<Guest> {
  const person = roles.people.get(role)
  if (!person) return newGuest(product.url)
  const secondFactor = person.staff !== null && role !== 'staff before the second factor'
  const guest = await signedIn(product, person, { secondFactor })
  // Any page with a form gives the browser a token.
  await guest.get('/needs/new')
  return guest
}

/** A form, and the page on which it stands. */
interface RolesForm {
  route: string
  page: string
  form: PostingForm
}

function formsFor(role: Role): RolesForm[] {
  const forms = new Map<string, RolesForm>()
  for (const { route, path, text } of shownTo.get(role) ?? []) {
    expect(activeMarkupIn(text), path).toEqual([])
    for (const form of postingFormsIn(text)) {
      const names = namesOf(form)
      if (names.length > 0 && !ENDS.test(form.action)) forms.set(`${route} ${names}`, { route, page: path, form })
    }
  }
  return [...forms.values()]
}

function fieldsOf(role: Role, { route, page, form }: RolesForm, session: Session, foreign: string[]): FuzzedField[] {
  return namesOf(form).map((field) => ({
    name: `${role}: ${route} ${field}`,
    own: '*',
    every: EVERY,
    reached: REACHED,
    send: async (value) => {
      const answer = await session.send({ page, form }, { [field]: value })
      for (const { word, readers } of MARKS) {
        if (answer.text.includes(word) && !(readers as readonly Role[]).includes(role))
          foreign.push(`${role} ${page} ${field} ${JSON.stringify(value.slice(0, 60))} shows ${word}`)
      }
      return toFieldAnswer(answer)
    },
  }))
}

interface Session {
  /** Sends a form as it stands on its page now, sensibly filled in but for `fields`. */
  send(at: { page: string; form: PostingForm }, fields: Record<string, string>): Promise<Answer>
}

/** One browser for all of a role's forms, which signs in again when a form has ended its session. */
async function sessionOf(role: Role): Promise<Session> {
  let guest = await browserOf(role)
  /** Fields that are better left empty, by form. */
  const emptied = new Map<PostingForm, string[]>()

  const fresh = async (page: string, form: PostingForm) => {
    const names = String(namesOf(form))
    return postingFormsIn((await guest.get(page)).text).find((one) => String(namesOf(one)) === names) ?? form
  }

  return {
    send: async ({ page, form }, fields) => {
      const post = async () => {
        const now = await fresh(page, form)
        const blanks = Object.fromEntries((emptied.get(form) ?? []).map((name) => [name, '']))
        return guest.post(now.action, { ...filledIn(now), ...blanks, ...fields })
      }
      let answer = await post()
      if (/^\/sign-in/.test(answer.location) && role !== 'visitor') {
        guest = await browserOf(role)
        answer = await post()
      }
      const others = wrongFieldsIn(answer.text).filter((name) => !(name in fields))
      if (answer.status === 422 && others.length > 0 && !emptied.has(form)) {
        emptied.set(form, others)
        answer = await post()
      }
      return answer
    },
  }
}

const toFieldAnswer = ({ status, text, location, headers }: Answer): FieldAnswer => ({
  status,
  text,
  location,
  type: (headers['content-type'] ?? '').split(';')[0] ?? '',
  // The rest of the form may be wrong as well: that is not what is asked here.
  wrong: ['*'],
})

describe.skipIf(values.length === 0)('hostile strings in the forms of', () => {
  test.each(SENDERS)(
    'the %s: none is a fault, none comes back as markup, and no answer shows what is others’',
    async (role) => {
      const known = new Set([...shapesOfTemplates(), ...ORDINARY])
      const forms = formsFor(role)
      expect(forms.length).toBeGreaterThan(0)
      const session = await sessionOf(role)
      const foreign: string[] = []
      const fields = forms.flatMap((form) => fieldsOf(role, form, session, foreign))
      // What roles have in common they see with different values.
      const turned = ROLES.indexOf(role) * 61
      const strings = [...values.slice(turned), ...values.slice(0, turned)]
      const result = await fuzz(fields, strings, { known, atOnce: 1 })
      console.log(countsTable(result))
      expect(result.faults).toEqual([])
      expect(foreign).toEqual([])
      expect(product.faults()).toEqual([])
      expect(result.sent).toBeGreaterThanOrEqual(fields.length)
    },
    EVERY === 1 ? 3_600_000 : 300_000,
  )

  test('stay text wherever they are shown afterwards', async () => {
    const known = shapesOfTemplates()
    const faults: string[] = []
    for (const role of LOOKERS) {
      for (const { path, text } of await crawl(await browserOf(role), roles)) {
        faults.push(...activeMarkupIn(text).map((danger) => `${role} ${path}: ${danger}`))
        faults.push(
          ...[...shapesIn(text)].filter((s) => !known.has(s) && !ORDINARY.has(s)).map((s) => `${role} ${path}: ${s}`),
        )
      }
    }
    expect(faults).toEqual([])
    expect(product.faults()).toEqual([])
  }, 300_000)
})
