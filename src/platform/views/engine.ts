import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import Handlebars from 'handlebars'
import { PROJECT_ROOT } from '../project-root.js'
import { markup } from './escape.js'
import { helpers } from './helpers/index.js'
import type { ViewContext } from './view-context.js'

type Template = Handlebars.TemplateDelegate

export interface Views {
  /** `views/pages/<page>.hbs` without its layout. */
  page(name: string, model: object, view: ViewContext): string
  /** A partial alone: of `views/partials`, or `<feature>/_name` beside the pages. */
  partial(name: string, model: object, view: ViewContext): string
  /** `views/layouts/<name>.hbs` around markup that is already rendered. */
  layout(name: string, model: object, body: string, view: ViewContext): string
  /** Every page, layout and partial, as `<folder>/<name>`. */
  names(): string[]
}

/**
 * Reads and compiles all templates once. Templates are strict: a field that the view model lacks throws, in conditions
 * and arguments too, and so does an unknown helper. What a helper needs of the request travels as `@view`.
 */
export function createViews(folder = join(PROJECT_ROOT, 'views')): Views {
  const handlebars = Handlebars.create()
  handlebars.registerHelper(helpers)
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]))
  const compile = (source: string): Template => {
    const program = handlebars.parse(source)
    new EveryFieldStrict().accept(program)
    return handlebars.compile(program, { strict: true, knownHelpers, knownHelpersOnly: true, preventIndent: true })
  }

  const templates = new Map<string, Template>()
  for (const path of templatesIn(folder)) {
    const template = compile(readFileSync(join(folder, `${path}.hbs`), 'utf8'))
    templates.set(path, template)
    const partial = partialName(path)
    if (partial) handlebars.registerPartial(partial, template)
  }

  const run = (path: string, model: object, view: ViewContext) => {
    const template = templates.get(path)
    if (!template) throw new TypeError(`there is no template "${path}"`)
    return template(model, { data: { view } })
  }
  return {
    page: (name, model, view) => run(`pages/${name}`, model, view),
    partial: (name, model, view) => run(name.includes('/_') ? `pages/${name}` : `partials/${name}`, model, view),
    layout: (name, model, body, view) => run(`layouts/${name}`, { ...model, body: markup(body) }, view),
    names: () => [...templates.keys()],
  }
}

/** Handlebars itself is strict only about what is printed; `{{#if typo}}` would quietly be false. */
class EveryFieldStrict extends Handlebars.Visitor {
  override PathExpression(path: hbs.AST.PathExpression): void {
    if (!path.data) Object.assign(path, { strict: true })
  }
}

function templatesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).slice(0, -4).split(sep).join('/'))
    .filter((path) => /^(pages|layouts|partials)\//.test(path))
}

/** A template of `partials/` goes by its name; one of `pages/` whose file starts with `_` by feature and name. */
function partialName(path: string): string | null {
  const [kind, ...rest] = path.split('/')
  if (kind === 'partials') return rest.join('/')
  return rest.at(-1)?.startsWith('_') ? rest.join('/') : null
}
