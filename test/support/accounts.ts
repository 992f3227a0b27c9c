import { newId } from '../../src/kernel/ids.js'
import type { Membership, StaffRole } from '../../src/kernel/permissions.js'
import type { Lang } from '../../src/kernel/text.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { type Guest, newGuest } from './guest.js'
import type { TestProduct } from './product.js'

/** People with accounts, for tests that are about what they may do and not about how they got in. */

export interface TestPerson {
  personId: string
  email: string
  password: string
  staff: StaffRole | null
}

export interface PersonOptions {
  email?: string
  name?: string | null
  lang?: Lang
  staff?: StaffRole
  memberships?: readonly Membership[]
}

export const PASSWORD = 'lúa chín vàng đồng 2026'

let hash: Promise<string> | undefined

/** Adds somebody with an account, as signing up would have. */
export async function addPerson({ core }: TestProduct, options: PersonOptions = {}): Promise<TestPerson> {
  const personId = newId()
  const parkId = core.park().id
  const email = options.email ?? `${personId}@nguoi.example`
  hash ??= core.passwords.hash(PASSWORD)
  const passwordHash = await hash
  await inTransaction(core.db, async (session) => {
    const { name = 'Út Mười', lang = 'vi' } = options
    await core.people.addAccountHolder({ personId, parkId, email, name, lang }, session)
    await core.accounts.add({ personId, parkId, passwordHash, ...(options.staff && { staff: options.staff }) }, session)
    for (const membership of options.memberships ?? []) {
      await core.memberships.put({ parkId, personId, ...membership }, session)
    }
  })
  return { personId, email, password: PASSWORD, staff: options.staff ?? null }
}

/** A browser in which `person` has signed in through the forms; the park's staff with the second factor. */
export async function signedIn(
  product: TestProduct,
  person: TestPerson,
  { secondFactor = person.staff !== null } = {},
): Promise<Guest> {
  if (secondFactor) await setSecondFactor(product, person)
  const guest = newGuest(product.url)
  const page = await guest.get('/sign-in')
  const answer = await guest.submit(page, { email: person.email, password: person.password })
  if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}`)
  if (secondFactor) {
    const code = (await product.core.secondFactor.codeNow(person.personId)) ?? ''
    const { status } = await guest.submit(await guest.get(answer.location), { code })
    if (status !== 303) throw new Error(`the code was answered with ${status}`)
  }
  return guest
}

/** As if set up just now; no code has been taken yet, so that one may sign in several times in half a minute. */
export async function setSecondFactor({ core }: TestProduct, { personId }: TestPerson): Promise<void> {
  const secret = core.sealer.seal('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', personId)
  await core.accounts.setSecondFactor(personId, { secret, confirmedAt: core.clock(), lastStep: 0, recoveryCodes: [] })
}
