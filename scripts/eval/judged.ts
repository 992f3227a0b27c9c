import { writeFile } from 'node:fs/promises'
import type { Config } from '../../src/config.js'
import {
  HALVES,
  type Half,
  hasAnswer,
  type JudgedAnswer,
  judgedFigures,
  VOICES,
} from '../../src/modules/evaluation/index.js'
import { table } from '../bench/figures.js'
import { callersPath, EXIT, interruption } from '../support/command.js'
import { answeredSets, judgedNeeds, measuredMatcher, rankingOf, withDemonstration } from '../support/measured.js'
import { endpointLine } from '../support/measured-meaning.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'
import { ablations, withoutEndpoint } from './ablations.js'
import { answeredJson, answeredSection, askAnswered } from './answered.js'
import { askAll } from './ask-all.js'
import { plainSearches, type Run } from './engines.js'
import { type MeasuredFirm, measuredFirms } from './firms.js'
import type { MeilisearchServer } from './meilisearch.js'
import { type Section, writtenReport } from './report.js'
import { ablationTable, besideTable, figuresTable, ofHalf, withoutAccents } from './tables.js'

export interface JudgedOptions {
  /** The half that is shown by voice. */
  half: Half
  /** A server to be measured beside. */
  meilisearch: MeilisearchServer | null
  /** An endpoint that has a part in matching, which is then measured without it as well. */
  embeddings?: Config['embeddings']
  /** Asks again with each part of the matcher switched off. */
  ablate?: boolean
  /** A file for the page with the misses. */
  report?: string
  json?: boolean
}

/** Asks the judged needs in every voice of the demonstration firms, and those that are answered or not, and tells how good the answers are. */
export async function measureJudged({
  half,
  meilisearch,
  embeddings,
  report,
  ablate = false,
  json = false,
}: JudgedOptions): Promise<void> {
  const needs = await judgedNeeds()
  const sets = await answeredSets()
  const signal = interruption()
  const reportFile = report === undefined ? undefined : callersPath(report)
  const dataDir = await throwAwayFolder('eval')
  await withDemonstration({ dataDir, embeddings, signal }, async ({ core, endpoint }) => {
    const firms = await measuredFirms(core)
    const ask = await rankingOf(core, measuredMatcher(core))
    const answers = await askAll(needs, ask, signal)
    const answered = await askAnswered(sets, ask, signal)
    const unaided: Run[] = []
    if (endpoint) {
      const { matcher } = withoutEndpoint(core)
      unaided.push({ name: 'without endpoint', answers: await askAll(needs, await rankingOf(core, matcher), signal) })
    }
    const without: Run[] = []
    for (const { name, matcher } of ablate ? ablations(core) : [])
      without.push({ name, answers: await askAll(needs, await rankingOf(core, matcher), signal) })
    if (signal.aborted) {
      process.exitCode = EXIT.interrupted
      return
    }
    if (!meilisearch) process.stderr.write('SKIPPED: Meilisearch beside it; MEILI_URL is not set.\n')
    const others = [...unaided, ...(await plainSearches(needs, firms, meilisearch))]
    const halves = [half, ...HALVES.filter((other) => other !== half)]
    const sections = [
      ...halves.map((one) => sectionOf(one, answers, others, firms, one === half)),
      answeredSection(answered),
    ]
    const title = `${needs.length} needs in ${VOICES.length} voices, ${firms.length} firms`
    const told = `${title}\n${endpointLine(endpoint)}`
    process.stdout.write(`${[told, ...sections.map(inText)].join('\n\n')}\n`)
    if (ablate) process.stdout.write(`\n${table(ablationTable({ name: 'matcher', answers }, without))}\n`)
    if (reportFile !== undefined)
      await writeFile(reportFile, writtenReport(title, endpointLine(endpoint), sections, answers, firms))
    if (json) {
      const figures = { ...inJson(firms, answers), answered: answeredJson(answered) }
      process.stdout.write(`${JSON.stringify({ ...figures, embeddings: endpoint?.model ?? null })}\n`)
    }
    process.exitCode = EXIT.done
  })
}

function sectionOf(
  half: Half,
  answers: readonly JudgedAnswer[],
  others: readonly Run[],
  firms: readonly MeasuredFirm[],
  byVoice: boolean,
): Section {
  const own = ofHalf(half, answers)
  const needs = [...new Set(own.map(({ need }) => need))]
  const ids = firms.map(({ id }) => id)
  return {
    title: `${half} half: ${needs.length} needs, ${needs.filter(hasAnswer).length} with a good answer`,
    note: withoutAccents(own),
    tables: [
      figuresTable(own, ids, byVoice),
      besideTable(
        { name: 'matcher', answers: own },
        others.map(({ name, answers: theirs }) => ({ name, answers: ofHalf(half, theirs) })),
        byVoice,
      ),
    ],
  }
}

const inText = ({ title, note, tables }: Section) => [title, ...tables.map(table), note].join('\n')

/** By half, over all voices and each. */
function inJson(firms: readonly MeasuredFirm[], answers: readonly JudgedAnswer[]) {
  const ids = firms.map(({ id }) => id)
  return Object.fromEntries(
    HALVES.map((half) => {
      const own = ofHalf(half, answers)
      const voices = VOICES.map((voice) => {
        const some = own.filter((one) => one.voice === voice)
        return [voice, judgedFigures(some, ids)]
      })
      return [half, { ...judgedFigures(own, ids), voices: Object.fromEntries(voices) }]
    }),
  )
}
