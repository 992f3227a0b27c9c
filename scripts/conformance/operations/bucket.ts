import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { GridFSBucket } from 'mongodb'
import { NotRunnable } from '../outcomes.js'
import type { Operations } from './operation.js'

const notThere = (name: string) => () => {
  throw new NotRunnable(`the driver has no ${name}`)
}

export const bucketOperations: Operations<GridFSBucket> = {
  delete: (on, { id, ...options }) => on.delete(id, options),
  deleteByName: notThere('deleteByName'),
  download: async (on, { id, ...options }) => Buffer.concat(await on.openDownloadStream(id, options).toArray()),
  downloadByName: async (on, { filename, ...options }) =>
    Buffer.concat(await on.openDownloadStreamByName(filename, options).toArray()),
  drop: (on, options) => on.drop(options),
  find: (on, { filter, ...options }) => on.find(filter, options).toArray(),
  rename: (on, { id, newFilename, ...options }) => on.rename(id, newFilename, options),
  renameByName: notThere('renameByName'),
  async upload(on, { filename, source, disableMD5: _, ...options }) {
    const stream = on.openUploadStream(filename, options)
    await pipeline(Readable.from([Buffer.from(source.$$hexBytes, 'hex')]), stream)
    return stream.id
  },
}
