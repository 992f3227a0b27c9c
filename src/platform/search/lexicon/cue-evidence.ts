import type { Token } from '../analyser/tokenise.js'
import type { Evidence } from '../concepts.js'
import type { Span } from '../port.js'
import type { CueIndex } from './cues.js'
import { type Feature, uniqueFeatures } from './features.js'
import { agreesInAccents } from './phrases.js'

/** A pain is told within about a line of text. */
const WINDOW = 16
const STRIDE = 8
/** Below this part of a cue's weight its words are there by chance. */
const CHANCE = 0.3
/** From this part on the cue is as good as literal. */
const LITERAL = 0.85
/** The most a cue can say: a description is never as sure as a name. */
const STRONGEST = 0.85

interface Tally {
  got: number
  words: number
  span: Span
}

/** Signs of concepts by cues: how much of a cue's rare words and pairs occurs within one line of the text. At most one a cue. */
export function cueEvidence(text: readonly Token[], index: CueIndex): Evidence[] {
  const best = new Map<number, Tally>()
  for (let from = 0; from === 0 || from + STRIDE < text.length; from += STRIDE) {
    for (const [cue, tally] of tallyWindow(text.slice(from, from + WINDOW), index)) {
      if (tally.got > (best.get(cue)?.got ?? 0)) best.set(cue, tally)
    }
  }
  return [...best].flatMap(([number, tally]) => {
    const cue = index.cues[number]
    if (!cue || tally.words < Math.min(2, cue.size)) return []
    const weight = STRONGEST * Math.min(1, (tally.got / cue.total - CHANCE) / (LITERAL - CHANCE))
    return weight > 0 ? [{ concept: cue.concept, weight, by: 'cue' as const, spans: [tally.span], negated: false }] : []
  })
}

function tallyWindow(window: readonly Token[], index: CueIndex): Map<number, Tally> {
  const tallies = new Map<number, Tally>()
  for (const feature of uniqueFeatures(window)) {
    for (const { cue, words } of index.postings.get(feature.key) ?? []) {
      if (feature.words.every((word, i) => agreesInAccents(word, words[i] ?? word)))
        add(tallies, cue, feature, window, index)
    }
  }
  return tallies
}

function add(
  tallies: Map<number, Tally>,
  cue: number,
  feature: Feature,
  window: readonly Token[],
  index: CueIndex,
): void {
  const start = window[feature.from]?.start ?? 0
  const end = window[feature.to - 1]?.end ?? 0
  const tally = tallies.get(cue) ?? { got: 0, words: 0, span: { start, end } }
  tally.got += index.weightOf(feature.key)
  if (feature.to - feature.from === 1) tally.words++
  tally.span = { start: Math.min(tally.span.start, start), end: Math.max(tally.span.end, end) }
  tallies.set(cue, tally)
}
