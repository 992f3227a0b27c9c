import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { compileExpression } from './expressions.js'
import type { Stage, StageContext } from './stages.js'

const DECISIONS = { DESCEND: 'descend', PRUNE: 'prune', KEEP: 'keep' }

/** `$redact`: decides of each document, and where it is to descend of those within, whether it is shown. */
export function redact(argument: unknown, { variables }: StageContext): Stage {
  const decide = compileExpression(argument, { ...variables, ...DECISIONS })
  const shown = (root: Doc, level: Doc): Doc | undefined => {
    switch (decide(root, level)) {
      case DECISIONS.KEEP:
        return level
      case DECISIONS.PRUNE:
        return undefined
      case DECISIONS.DESCEND: {
        const fields = Object.entries(level).map(([name, value]) => [name, within(root, value)])
        return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
      }
    }
    throw new MongoError('Location17053', '$redact must resolve to $$DESCEND, $$PRUNE or $$KEEP')
  }
  const within = (root: Doc, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => within(root, each)).filter((each) => each !== undefined)
    return isDoc(value) ? shown(root, value) : value
  }
  return function* (documents) {
    for (const doc of documents) {
      const result = shown(doc, doc)
      if (result) yield result
    }
  }
}
