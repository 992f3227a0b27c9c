import { Accumulator } from './accumulator.js'
import type { GroupNode, Plan, PlanNode, WordNode } from './plan.js'
import type { Scanner } from './scanner.js'

/** How much the exact accents add, of the accented word's own score. */
export const EXACT_BONUS = 0.35
/** How much neighbours that stand together add, of the pair's own score. */
export const PAIR_BONUS = 0.3

/** Evaluates plans over one index; keeps its working memory between queries. */
export class Evaluator {
  private readonly levels: Accumulator[] = []
  private readonly stamps: Int32Array

  constructor(
    private readonly scanner: Scanner,
    private readonly capacity: number,
  ) {
    this.stamps = new Int32Array(capacity)
  }

  /** Scores all documents with at least one of the plan's words. The outcome is valid until the next call. */
  run(plan: Plan): Accumulator {
    const total = this.level(0)
    for (const node of plan.nodes) this.addInto(total, node, 1)
    for (const { list, rarity } of plan.pairs) this.bonus(total, list, rarity * PAIR_BONUS)
    return total
  }

  /** Documents that hold a phrase, by slot. */
  phraseSlots(lists: readonly number[]): number[] {
    const slots: number[] = []
    this.eachWithAll(lists, (slot) => slots.push(slot))
    return slots
  }

  private level(depth: number): Accumulator {
    const level = this.levels[depth] ?? new Accumulator(this.capacity)
    this.levels[depth] = level
    level.clear()
    return level
  }

  private addInto(target: Accumulator, node: PlanNode, depth: number): void {
    const own = this.level(depth)
    if (node.kind === 'word') this.scoreWord(own, node)
    else this.scoreGroup(own, node, depth)
    for (const slot of own.slots) target.add(slot, own.score(slot), own.mask(slot))
  }

  private scoreWord(own: Accumulator, { lists, rarity, mask, exact }: WordNode): void {
    const { scanner } = this
    for (const { list, weight } of lists) {
      scanner.scan(list)
      for (let i = 0; i < scanner.length; i++)
        own.max(scanner.slots[i] ?? 0, rarity * weight * (scanner.values[i] ?? 0), mask)
    }
    if (exact) this.bonus(own, exact.list, exact.rarity * EXACT_BONUS)
  }

  private scoreGroup(own: Accumulator, { children, phrases, rarity, mask }: GroupNode, depth: number): void {
    for (const child of children) this.addInto(own, child, depth + 1)
    for (const { lists, weight } of phrases) {
      this.eachWithAll(lists, (slot, saturation) => own.max(slot, rarity * weight * saturation, mask))
    }
  }

  /** Adds to documents that are in already. */
  private bonus(target: Accumulator, list: number, weight: number): void {
    const { scanner } = this
    scanner.scan(list)
    for (let i = 0; i < scanner.length; i++) {
      const slot = scanner.slots[i] ?? 0
      if (target.has(slot)) target.add(slot, weight * (scanner.values[i] ?? 0), 0)
    }
  }

  /** Visits the documents that are in all lists, with their saturation in the last one. */
  private eachWithAll(lists: readonly number[], visit: (slot: number, saturation: number) => void): void {
    const { scanner, stamps } = this
    lists.forEach((list, step) => {
      scanner.scan(list)
      for (let i = 0; i < scanner.length; i++) {
        const slot = scanner.slots[i] ?? 0
        if (stamps[slot] !== step) continue
        if (step === lists.length - 1) visit(slot, scanner.values[i] ?? 0)
        else stamps[slot] = step + 1
      }
    })
    for (const list of lists) {
      scanner.scan(list)
      for (let i = 0; i < scanner.length; i++) stamps[scanner.slots[i] ?? 0] = 0
    }
  }
}
