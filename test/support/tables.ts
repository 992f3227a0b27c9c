import type { Answer, Guest } from './guest.js'
import type { TestProduct } from './product.js'

/** Uploads a table on the page for it. */
export async function uploadTable(guest: Guest, file: string | Buffer, { kind = 'providers' } = {}): Promise<Answer> {
  const page = await guest.get('/admin/imports')
  return guest.upload(page, { field: 'file', data: Buffer.from(file as string) }, { kind })
}

/** Waits until no import has work waiting. */
export const importsAtRest = ({ core }: TestProduct): Promise<void> => core.importWork.run()

/** Uploads a table, takes its columns as they were guessed, and lets it be checked; returns the import's address. */
export async function checkedTable(
  product: TestProduct,
  guest: Guest,
  file: string | Buffer,
  { kind = 'providers', choices = {} }: { kind?: string; choices?: Record<string, string> } = {},
): Promise<string> {
  const uploaded = await uploadTable(guest, file, { kind })
  if (uploaded.status !== 303) throw new Error(`the upload was answered with ${uploaded.status}`)
  const { location } = await guest.submit(await guest.get(uploaded.location), choices)
  await importsAtRest(product)
  return location
}
