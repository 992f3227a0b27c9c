import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import type { Request, Response } from 'express'
import { NotFound } from '../../kernel/errors.js'
import { pathTo } from '../../kernel/routes.js'
import { type AssetSource, assetSources } from './asset-sources.js'

export interface Assets {
  /**
   * Address of an asset by its name (`css/site.css`), with a hash of its content.
   * @throws {TypeError} for a name that does not exist.
   */
  address(name: string): string
  /** Answers `/assets/:hash/{*file}`; a wrong hash or name is not found. */
  serve(req: Request, res: Response): void
}

interface Asset {
  hash: string
  type: string
  body: Buffer
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

const YEAR_IN_SECONDS = 31_536_000

/** Reads all assets once. `url(asset:NAME)` in a style sheet becomes the hashed address of that asset. */
export function createAssets(sources: readonly AssetSource[] = assetSources()): Assets {
  const assets = new Map<string, Asset>()
  const address = (name: string) => {
    const asset = assets.get(name)
    if (!asset) throw new TypeError(`there is no asset "${name}"`)
    return pathTo('asset', 'vi', { hash: asset.hash, file: name })
  }
  const styleLast = [...sources].sort((a, b) => Number(a.name.endsWith('.css')) - Number(b.name.endsWith('.css')))
  for (const { name, body } of styleLast) {
    const type = TYPES[extname(name)]
    if (!type) throw new TypeError(`asset "${name}" is of no known type`)
    const content = name.endsWith('.css') ? Buffer.from(withAddresses(body.toString('utf8'), address)) : body
    assets.set(name, { hash: hashOf(content), type, body: content })
  }
  return {
    address,
    serve(req, res) {
      const { hash, file } = req.params
      const name = Array.isArray(file) ? file.join('/') : String(file)
      const asset = assets.get(name)
      if (!asset || asset.hash !== hash) throw new NotFound('asset', name)
      res.set('Content-Type', asset.type)
      res.set('Cache-Control', `public, max-age=${YEAR_IN_SECONDS}, immutable`)
      res.send(asset.body)
    },
  }
}

const hashOf = (body: Buffer) => createHash('sha256').update(body).digest('hex').slice(0, 12)

const withAddresses = (css: string, address: (name: string) => string) =>
  css.replace(/url\("?asset:([^")]+)"?\)/g, (_, name: string) => `url("${address(name)}")`)
