import { Accumulator } from './accumulator.js'
import { SATURATION_UNIT } from './bm25.js'
import type { GroupNode, Plan, PlanNode, WordNode } from './plan.js'
import type { Scanner } from './scanner.js'

/** How much the exact accents add, of the accented word's own score. */
export const EXACT_BONUS = 0.35
/** How much neighbours that stand together add, of the pair's own score. */
export const PAIR_BONUS = 0.3

/** Room for the scores of one query; used by one after another. */
export class Workspace {
  private readonly levels: Accumulator[] = []
  private stamps = new Int32Array(0)
  private noScores = new Float32Array(0)

  level(depth: number, capacity: number): Accumulator {
    const level = this.levels[depth] ?? new Accumulator()
    this.levels[depth] = level
    level.clear(capacity)
    return level
  }

  /** The scores of slots below `capacity` that nothing was looked for in. */
  zeros(capacity: number): Float32Array {
    if (capacity > this.noScores.length) this.noScores = new Float32Array(Math.ceil(capacity * 1.25))
    return this.noScores
  }

  /** Zero for every slot; whoever writes to it leaves it so. */
  marks(capacity: number): Int32Array {
    if (capacity > this.stamps.length) this.stamps = new Int32Array(Math.ceil(capacity * 1.25))
    return this.stamps
  }
}

/** Evaluates plans over one index. */
export class Evaluator {
  constructor(
    private readonly scanner: Scanner,
    private readonly capacity: number,
    private readonly workspace: Workspace,
  ) {}

  /** No scores. Valid until the next call of this or of `run`. */
  empty(): Accumulator {
    return this.workspace.level(0, this.capacity)
  }

  /** By slot, where no words are asked for. Not to be written to. */
  noScores(): Float32Array {
    return this.workspace.zeros(this.capacity)
  }

  /**
   * Scores all documents with at least one of the plan's words, or of its `essential` nodes. The outcome is valid until the next call.
   */
  run(plan: Plan, essential?: ReadonlySet<PlanNode>): Accumulator {
    const total = this.empty()
    const isEssential = (node: PlanNode) => !essential || essential.has(node)
    for (const node of plan.nodes) if (isEssential(node)) this.addInto(total, node, 1, null)
    for (const node of plan.nodes) if (!isEssential(node)) this.addInto(total, node, 1, total)
    return this.withPairs(total, plan)
  }

  /**
   * Scores the documents that have all of the plan's required words. Begins with the words that the fewest have, so that the others need
   * not be scored elsewhere.
   */
  runAll(plan: Plan): Accumulator {
    const [first, ...rest] = plan.nodes.filter(({ mask }) => mask !== 0).sort((a, b) => a.holders - b.holders)
    if (!first) return this.run(plan)
    const total = this.empty()
    this.addInto(total, first, 1, null)
    total.keepWith(first.mask)
    for (const node of rest) {
      this.addInto(total, node, 1, total)
      total.keepWith(node.mask)
    }
    for (const node of plan.nodes) if (node.mask === 0) this.addInto(total, node, 1, total)
    return this.withPairs(total, plan)
  }

  /** Documents that hold a phrase, by slot. */
  phraseSlots(lists: readonly number[]): number[] {
    const slots: number[] = []
    this.eachWithAll(lists, (slot) => slots.push(slot))
    return slots
  }

  /** Lets a visit ask for the place of a slot among some; -1 for another. */
  marking(slots: readonly number[], visit: (placeOf: (slot: number) => number) => void): void {
    const marks = this.workspace.marks(this.capacity)
    slots.forEach((slot, place) => {
      marks[slot] = place + 1
    })
    visit((slot) => (marks[slot] as number) - 1)
    for (const slot of slots) marks[slot] = 0
  }

  private withPairs(total: Accumulator, { pairs }: Plan): Accumulator {
    for (const { list, rarity } of pairs) this.bonus(total, list, rarity * PAIR_BONUS)
    return total
  }

  /** `within`: other documents need no scores. */
  private addInto(target: Accumulator, node: PlanNode, depth: number, within: Accumulator | null): void {
    if (node.kind === 'word' && node.lists.length === 1) {
      this.scoreSingle(target, node, within)
      return
    }
    // Nothing is there yet to be added to.
    const own = target.isEmpty ? target : this.workspace.level(depth, this.capacity)
    if (node.kind === 'word') this.scoreWord(own, node, within)
    else this.scoreGroup(own, node, depth, within)
    if (own !== target) target.addFrom(own)
  }

  /** A word without variants needs no comparing: every document with its accented form has the word too. */
  private scoreSingle(
    target: Accumulator,
    { lists: [only], rarity, mask, exact }: WordNode,
    within: Accumulator | null,
  ): void {
    const { scanner } = this
    if (!only) return
    scanner.scan(only.list)
    const worth = rarity * only.weight * SATURATION_UNIT
    if (within === null) target.addAll(scanner, worth, mask)
    else target.addWithin(scanner, worth, mask, within)
    if (exact) this.bonus(target, exact.list, exact.rarity * EXACT_BONUS)
  }

  private scoreWord(own: Accumulator, { lists, rarity, mask, exact }: WordNode, within: Accumulator | null): void {
    const { scanner } = this
    for (const { list, weight } of lists) {
      scanner.scan(list)
      const worth = rarity * weight * SATURATION_UNIT
      if (within === null) own.maxAll(scanner, worth, mask)
      else own.maxWithin(scanner, worth, mask, within)
    }
    if (exact) this.bonus(own, exact.list, exact.rarity * EXACT_BONUS)
  }

  private scoreGroup(
    own: Accumulator,
    { children, phrases, rarity, mask }: GroupNode,
    depth: number,
    within: Accumulator | null,
  ): void {
    for (const child of children) this.addInto(own, child, depth + 1, within)
    for (const { lists, weight } of phrases) {
      this.eachWithAll(lists, (slot, saturation) => {
        if (within === null || within.has(slot)) own.max(slot, rarity * weight * SATURATION_UNIT * saturation, mask)
      })
    }
  }

  /** Adds to documents that are in already. */
  private bonus(target: Accumulator, list: number, weight: number): void {
    const { scanner } = this
    scanner.scan(list)
    target.addWithin(scanner, weight * SATURATION_UNIT, 0, target)
  }

  /** Visits the documents that are in all lists, with their saturation in the last one. */
  private eachWithAll(lists: readonly number[], visit: (slot: number, saturation: number) => void): void {
    const { scanner } = this
    const marks = this.workspace.marks(this.capacity)
    lists.forEach((list, step) => {
      scanner.scan(list)
      for (let i = 0; i < scanner.length; i++) {
        const slot = scanner.slots[i] ?? 0
        if (marks[slot] !== step) continue
        if (step === lists.length - 1) visit(slot, scanner.values[i] ?? 0)
        else marks[slot] = step + 1
      }
    })
    if (lists.length === 1) return
    // Only documents of the first list are ever marked.
    scanner.scan(lists[0] ?? 0)
    for (let i = 0; i < scanner.length; i++) marks[scanner.slots[i] ?? 0] = 0
  }
}
