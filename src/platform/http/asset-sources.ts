import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { PROJECT_ROOT } from '../project-root.js'

export interface AssetSource {
  /** How pages call it, e.g. `js/site.js`. */
  name: string
  body: Buffer
}

/** The style sheets that make up `css/site.css`, in cascade order. */
const STYLE_SHEETS = [
  ...['fonts', 'tokens', 'base', 'layout', 'head', 'controls', 'figures', 'lists', 'search'],
  ...['pages', 'members', 'admin', 'queue', 'settings', 'taxonomy', 'sheet', 'print'],
]

const FONT_SUBSETS = ['vietnamese', 'latin', 'latin-ext']
const FONT_WEIGHTS = [400, 500, 600, 700]

/** All that is served under `/assets`: the files of `public/`, its style sheets as one, and what packages bring. */
export function assetSources(folder = join(PROJECT_ROOT, 'public')): AssetSource[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.css'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(folder, path).split(sep).join('/'), body: readFileSync(path) }))
  const styles = STYLE_SHEETS.map((name) => readFileSync(join(folder, 'css', `${name}.css`), 'utf8'))
  return [...files, { name: 'css/site.css', body: Buffer.from(styles.join('\n')) }, ...vendored()]
}

function vendored(): AssetSource[] {
  const require = createRequire(import.meta.url)
  const fonts = join(dirname(require.resolve('@fontsource/be-vietnam-pro/package.json')), 'files')
  const font = (subset: string, weight: number) => ({
    name: `fonts/be-vietnam-pro-${subset}-${weight}.woff2`,
    body: readFileSync(join(fonts, `be-vietnam-pro-${subset}-${weight}-normal.woff2`)),
  })
  return [
    { name: 'vendor/htmx.min.js', body: readFileSync(require.resolve('htmx.org/dist/htmx.min.js')) },
    ...FONT_SUBSETS.flatMap((subset) => FONT_WEIGHTS.map((weight) => font(subset, weight))),
  ]
}
