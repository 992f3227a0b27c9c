import { join } from 'node:path'
import {
  type Answer,
  HALVES,
  type Half,
  hasAnswer,
  type JudgedAnswer,
  type JudgedNeed,
  judgedFigures,
  openJudgedSet,
  VOICES,
} from '../../src/modules/evaluation/index.js'
import { PROJECT_ROOT } from '../../src/platform/project-root.js'
import { EXIT, interruption } from '../support/command.js'
import { asksOf, withDemonstration } from '../support/measured.js'
import { showProgress } from '../support/progress.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'
import { figuresTable } from './tables.js'

export const JUDGED_SET = join(PROJECT_ROOT, 'test/eval/judged/needs.json')

export interface JudgedOptions {
  /** The half that is shown by voice. */
  half: Half
  json?: boolean
}

/** Asks the judged needs in every voice of the demonstration firms, and tells how good the answers are. */
export async function measureJudged({ half, json = false }: JudgedOptions): Promise<void> {
  const needs = await openJudgedSet(JUDGED_SET)
  const signal = interruption()
  const dataDir = await throwAwayFolder('eval')
  await withDemonstration(dataDir, async (core) => {
    const firms: string[] = []
    for await (const { externalId } of core.records.each('provider')) if (externalId !== null) firms.push(externalId)
    const answers = await askAll(needs, asksOf(core).match, signal)
    if (signal.aborted) {
      process.exitCode = EXIT.interrupted
      return
    }
    tell(half, needs, firms, answers)
    if (json) process.stdout.write(`${JSON.stringify(inJson(firms, answers))}\n`)
    process.exitCode = EXIT.done
  })
}

async function askAll(
  needs: readonly JudgedNeed[],
  ask: (text: string) => Promise<Answer>,
  signal: AbortSignal,
): Promise<JudgedAnswer[]> {
  const answers: JudgedAnswer[] = []
  const progress = showProgress('needs', needs.length * VOICES.length)
  for (const need of needs)
    for (const voice of VOICES) {
      if (signal.aborted) break
      progress.at(answers.push({ need, voice, ...(await ask(need.text[voice])) }))
    }
  progress.stop()
  return answers
}

const ofHalf = (half: Half, answers: readonly JudgedAnswer[]) => answers.filter(({ need }) => need.half === half)

function tell(
  detailed: Half,
  needs: readonly JudgedNeed[],
  firms: readonly string[],
  answers: readonly JudgedAnswer[],
) {
  const lines = [`${needs.length} needs in ${VOICES.length} voices, ${firms.length} firms`]
  for (const half of [detailed, ...HALVES.filter((other) => other !== detailed)]) {
    const own = needs.filter((need) => need.half === half)
    const good = own.filter(hasAnswer).length
    lines.push('', `${half} half: ${own.length} needs, ${good} with a good answer`)
    lines.push(figuresTable(ofHalf(half, answers), firms, half === detailed))
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

const inJson = (firms: readonly string[], answers: readonly JudgedAnswer[]) =>
  Object.fromEntries(
    HALVES.map((half) => {
      const own = ofHalf(half, answers)
      const voices = VOICES.map((voice) => [
        voice,
        judgedFigures(
          own.filter((one) => one.voice === voice),
          firms,
        ),
      ])
      return [half, { ...judgedFigures(own, firms), voices: Object.fromEntries(voices) }]
    }),
  )
