import { mailingOf } from '../../src/composition.js'
import { mergingOf } from '../../src/merging.js'
import type { MergeOrder } from '../../src/modules/merging/merging.service.js'
import type { Person } from '../../src/platform/http/viewer.js'
import { addProvider } from './listings.js'
import type { TestProduct } from './product.js'

export const mergingIn = ({ core }: TestProduct) =>
  mergingOf(
    core,
    mailingOf(core, () => {}),
  )

/** Merging and undoing as a curator does it who has looked at the newest versions. */
export function mergeTools(product: () => TestProduct, actor: () => Person) {
  const parkId = () => product().core.park().id
  const merging = () => mergingIn(product())
  async function versionOf(id: string) {
    const found = await merging().find(id)
    if (!found) throw new Error('the listing is gone')
    return found.record.version
  }
  async function merge(survivor: string, other: string, order: Partial<MergeOrder> = {}) {
    const versions = { survivor: await versionOf(survivor), other: await versionOf(other) }
    return merging().merge(actor(), parkId(), { survivor, other }, { choices: {}, parts: {}, versions, ...order })
  }
  let named = 0
  return {
    /** A listed firm with a name of its own. */
    addFirm: (profile: Parameters<typeof addProvider>[1] = {}) => {
      named++
      return addProvider(product(), { name: { vi: `Công ty TNHH Lục Bình ${named}` }, ...profile })
    },
    merge,
    /** The id of the merge. */
    merged: async (survivor: string, other: string, order?: Partial<MergeOrder>) => {
      const result = await merge(survivor, other, order)
      if (!result.ok) throw new Error(result.reason)
      return result.id
    },
    undo: async (id: string) => {
      const { survivor, other } = await merging().merged(actor(), parkId(), id)
      return merging().undo(actor(), parkId(), id, { survivor: survivor.version, other: other.version })
    },
  }
}
