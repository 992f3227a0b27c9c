import type { TypedValues } from '../../../platform/views/models/form.js'

/** What a form was filled in with, field by field: `{ name: { vi: 'Vàm' }, sectors: ['rice'] }`. */
export interface FormTree {
  [name: string]: FormNode | undefined
}
export type FormNode = string | string[] | FormTree | FormNode[]

const WORD = /^[a-z][A-Za-z]*$/
const NUMBER = /^\d{1,2}$/

/**
 * The fields of a form as a tree: `features.0.vi` is the Vietnamese text of the first feature. What was left blank is not
 * there, rows left blank are closed up, and a name that is no such path stays as it is, for the schema to refuse.
 */
export function toTree(body: Readonly<Record<string, unknown>>): FormTree {
  const tree: FormTree = Object.create(null)
  for (const [name, value] of Object.entries(body)) {
    const filled = filledIn(value)
    if (filled !== undefined) place(tree, name, filled)
  }
  return closeUp(tree) as FormTree
}

/** The same as names and values, as the fields of a form show them. */
export function toTyped(tree: FormTree): TypedValues {
  return Object.fromEntries(leavesOf(tree, ''))
}

function filledIn(value: unknown): string | string[] | undefined {
  // Browsers send each line's end as two characters and count one.
  const texts = [value].flat().flatMap((one) => (typeof one === 'string' ? one.replace(/\r\n?/g, '\n') : []))
  const told = texts.filter((text) => text.trim() !== '')
  return told.length > 1 ? told : told[0]
}

function place(tree: FormTree, name: string, value: string | string[]): void {
  const path = name.split('.')
  if (!path.every((part, depth) => WORD.test(part) || (depth > 0 && NUMBER.test(part)))) {
    tree[name] = value
    return
  }
  let node = tree
  for (const part of path.slice(0, -1)) {
    const next = node[part] ?? Object.create(null)
    // A name that goes on below a value: nothing the product's own forms send.
    if (typeof next === 'string' || Array.isArray(next)) {
      tree[name] = value
      return
    }
    node[part] = next
    node = next
  }
  const last = String(path.at(-1))
  if (node[last] === undefined) node[last] = value
  else tree[name] = value
}

/** Branches whose children are numbered become lists. */
function closeUp(node: FormNode): FormNode {
  if (typeof node === 'string' || Array.isArray(node)) return node
  const children = Object.entries(node).map(([key, child]) => [key, closeUp(child ?? '')] as const)
  if (children.length > 0 && children.every(([key]) => NUMBER.test(key)))
    return children.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child)
  return Object.assign(Object.create(null), Object.fromEntries(children))
}

function leavesOf(node: FormNode | undefined, name: string): [string, string | string[]][] {
  if (node === undefined) return []
  if (typeof node === 'string') return [[name, node]]
  if (Array.isArray(node) && node.every((one) => typeof one === 'string')) return [[name, node as string[]]]
  return Object.entries(node).flatMap(([key, child]) => leavesOf(child as FormNode, name ? `${name}.${key}` : key))
}
