import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { helpers } from '../../src/platform/views/helpers/index.js'
import type { CheckResult } from './check.js'
import { filesUnder } from './files.js'

const BUILT_IN = new Set(['if', 'unless', 'each', 'with', 'lookup', 'log'])

/** Checks the templates: each parses, every helper and partial that it names is there, every page and partial is used. */
export function checkTemplates(): CheckResult {
  const templates = filesUnder('views', '.hbs')
  const names = new Set(templates.map(nameOf))
  const used = new Set<string>()
  const problems = templates.flatMap((file) => {
    const found = namesIn(readFileSync(file, 'utf8'))
    for (const partial of found.partials) used.add(partial)
    return [
      ...found.partials.filter((p) => !names.has(p)).map((p) => `${file} names the partial "${p}", which is not there`),
      ...found.helpers
        .filter((h) => !BUILT_IN.has(h) && !(h in helpers))
        .map((h) => `${file} names the helper "${h}", which is not there`),
    ]
  })
  // Pages, and partials sent alone to htmx, are named in the sources.
  const sources = filesUnder('src', '.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  for (const name of names) {
    if (!used.has(name) && !sources.includes(`'${name}'`) && name !== 'main')
      problems.push(`the template "${name}" is not used`)
  }
  return { problems, note: `${templates.length} templates` }
}

const nameOf = (file: string) => file.replace(/^views\/(pages|partials|layouts)\//, '').replace(/\.hbs$/, '')

interface Names {
  partials: string[]
  helpers: string[]
}

function namesIn(source: string): Names {
  const names: Names = { partials: [], helpers: [] }
  const visitor = new Handlebars.Visitor()
  const visitPartial = visitor.PartialStatement.bind(visitor)
  visitor.PartialStatement = (partial) => {
    if (partial.name.type === 'PathExpression') names.partials.push((partial.name as hbs.AST.PathExpression).original)
    visitPartial(partial)
  }
  const withArguments = (call: { path: hbs.AST.Node; params: unknown[]; hash?: hbs.AST.Hash }, block: boolean) => {
    const path = call.path as hbs.AST.PathExpression
    const isCall = block || call.params.length > 0 || (call.hash?.pairs.length ?? 0) > 0
    if (path.type === 'PathExpression' && isCall) names.helpers.push(path.original)
  }
  for (const [kind, block] of [
    ['MustacheStatement', false],
    ['SubExpression', false],
    ['BlockStatement', true],
  ] as const) {
    const visit = visitor[kind].bind(visitor) as (node: never) => void
    visitor[kind] = (node: never) => {
      withArguments(node, block)
      visit(node)
    }
  }
  visitor.accept(Handlebars.parse(source))
  return names
}
