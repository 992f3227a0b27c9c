import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../src/platform/project-root.js'
import { shapesIn } from './markup.js'

/** The markup that stands in the templates themselves, also of what is seldom shown. */
export function shapesOfTemplates(): Set<string> {
  const views = join(PROJECT_ROOT, 'views')
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hbs'))
  const markup = files.map((name) => readFileSync(join(views, name), 'utf8').replace(/\{\{[^}]*\}\}/g, ''))
  return new Set(markup.flatMap((one) => [...shapesIn(one)]))
}
