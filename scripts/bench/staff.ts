import { addressOf, newVisitor } from './visitor.js'

/** Pages asked for from one address; the limit of pages by address is not what is measured. */
const ASKED_FROM_ONE = 200

/** Signs in as one of the park's staff. */
export async function signInAsStaff(url: string, who: { email: string; password: string; code(): string }) {
  let asked = 0
  const visitor = newVisitor(url, () => addressOf(Math.floor(asked++ / ASKED_FROM_ONE)))
  await visitor.get('/sign-in')
  await visitor.post('/sign-in', { email: who.email, password: who.password })
  await visitor.get('/sign-in/code')
  const { status } = await visitor.post('/sign-in/code', { code: who.code() })
  if (status !== 303) throw new Error(`the code was answered with ${status}`)
  return visitor
}
