import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import { addPerson, signedIn, type TestPerson } from './accounts.js'
import type { Guest } from './guest.js'
import type { TestProduct } from './product.js'

/** What the tests of claims do over and over; `product` is asked for once it is started. */
export function claimActs(product: () => TestProduct) {
  let firms = 0

  /** A listed firm with a domain of its own, and the page where it is claimed. */
  async function listedFirm(contacts: ProviderProfile['contacts'] | null = null) {
    const { core } = product()
    const domain = `bokinh${++firms}.vn`
    const profile = providerProfile.parse({
      ...{
        name: { vi: `Công ty Bờ Kinh ${firms}` },
        description: { vi: 'Làm phần mềm' },
        park: { status: 'associated' },
      },
      contacts: contacts ?? { website: { value: `https://www.${domain}/`, visibility: 'public' } },
    })
    const edits = [{ slugFrom: `bo kinh ${firms}`, source: 'import', set: { published: profile } }]
    const request = { parkId: core.park().id, type: 'provider', by: 'test', why: 'test', edits } as const
    const [firm] = await core.change<ProviderProfile>(request)
    if (!firm) throw new Error('no firm')
    return { firm, domain, path: `/providers/${firm.slug}/claim` }
  }

  async function claimant(name = 'Nguyễn Văn Ba') {
    const person = await addPerson(product(), { name })
    return { person, browser: await signedIn(product(), person) }
  }

  const rolesAt = async (firm: { id: string }) =>
    (await product().core.memberships.members(firm.id)).map(({ personId, role }) => [personId, role])

  async function askByMail(browser: Guest, path: string, email: string) {
    await browser.get(path)
    return browser.post(path, { way: 'mail', email })
  }

  async function askByNote(browser: Guest, path: string, note = 'Tôi là giám đốc, số bàn 0293 388 1234') {
    await browser.get(path)
    return browser.post(path, { way: 'note', note })
  }

  /** The address in the newest mail to a mailbox; null when there is none. */
  async function linkFor(to: string): Promise<string | null> {
    const [mail] = await product().core.db.collection('mails').find({ to }).sort({ createdAt: -1, _id: -1 }).toArray()
    return /\/claims\/\w+/.exec(String(mail?.text ?? ''))?.[0] ?? null
  }

  const claimCase = async (person: TestPerson) => {
    const entry = await product()
      .core.db.collection<{ _id: string }>('cases')
      .findOne({ personId: person.personId, state: 'open' })
    return entry ? `/admin/cases/${entry._id}` : null
  }

  async function opened(link: string | null, browser: Guest) {
    if (!link) throw new Error('no mail was sent')
    await browser.get(link)
    // A page that says the link is of no use has no form; this one gives the browser a token all the same.
    await browser.get('/needs/new')
    return browser.post(link, {})
  }

  return { listedFirm, claimant, rolesAt, askByMail, askByNote, linkFor, claimCase, opened }
}
