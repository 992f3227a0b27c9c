import { GOOD, hasAnswer, type JudgedAnswer, scoreOf } from '../../src/modules/evaluation/index.js'
import { escapeHtml } from '../../src/platform/views/escape.js'
import type { MatcherAnswer } from '../support/measured.js'
import type { MeasuredFirm } from './firms.js'
import { share, type Table } from './tables.js'

/** Tables of figures under one heading. */
export interface Section {
  title: string
  note: string
  tables: readonly Table[]
}

type Asked = JudgedAnswer<MatcherAnswer>

/** An answer with less than this is looked at. */
const MISS = 0.6
const SHOWN = 10

/**
 * One HTML page that needs nothing beside it: the figures, and each answer of the tuning half that is a miss. Those of the reporting
 * half are not looked at one by one.
 */
export function writtenReport(
  title: string,
  note: string,
  sections: readonly Section[],
  answers: readonly Asked[],
  firms: readonly MeasuredFirm[],
): string {
  const names = new Map(firms.map(({ id, name }) => [id, name]))
  const missed = answers.filter((answer) => answer.need.half === 'tuning' && isMiss(answer))
  const needs = [...new Set(missed.map(({ need }) => need))]
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(note)}</p>`,
    ...sections.map(sectionHtml),
    `<h2>${missed.length} misses in ${needs.length} needs of the tuning half</h2>`,
    `<p>nDCG@10 below ${MISS}, or "nobody" said wrongly, or not said.</p>`,
    ...needs.map((need) => {
      const own = missed.filter((answer) => answer.need === need).map((answer) => missHtml(answer, names))
      return `<section><h3 id="${need.id}">${need.id}</h3><p>${escapeHtml(need.who)}. ${escapeHtml(need.note)}</p>${own.join('')}</section>`
    }),
  ]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
${body.join('\n')}
</html>
`
}

function isMiss(answer: Asked): boolean {
  const { ndcg10, saidNobody, isNobody } = scoreOf(answer)
  return saidNobody !== isNobody || (ndcg10 !== null && ndcg10 < MISS)
}

const sectionHtml = ({ title, note, tables }: Section) =>
  `<h2>${escapeHtml(title)}</h2>${tables.map(tableHtml).join('')}<p>${escapeHtml(note)}</p>`

function tableHtml([heads = [], ...rows]: Table): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')
  const lines = rows.map(
    ([name = '', ...rest]) => `<tr><th scope="row">${escapeHtml(name)}</th>${cells('td', rest)}</tr>`,
  )
  return `<div class="wide"><table><thead><tr>${cells('th', heads)}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`
}

function missHtml(answer: Asked, names: ReadonlyMap<string, string>): string {
  const { need, voice, nobody, understood, ranking } = answer
  const gradeOf = (id: string) => need.grades.get(id) ?? 0
  const firm = (id: string) =>
    `<b class="g${gradeOf(id)}">${gradeOf(id)}</b> ${escapeHtml(names.get(id) ?? id)} <small>${escapeHtml(id)}</small>`
  const missed = [...need.grades.keys()].filter((id) => gradeOf(id) >= GOOD && !ranking.slice(0, SHOWN).includes(id))
  const place = (id: string) => (ranking.includes(id) ? `at ${ranking.indexOf(id) + 1}` : 'not ranked')
  const said = nobody ? 'said nobody' : 'named firms'
  const truth = hasAnswer(need) ? '' : '; nobody is right'
  return `<details><summary>${voice}: nDCG@10 ${share(scoreOf(answer).ndcg10)}, ${said}${truth}</summary>
<blockquote>${marked(need.text[voice], understood)}</blockquote>
<p>${chips(understood)
    .map((chip) => `<span class="chip">${escapeHtml(chip)}</span>`)
    .join(' ')}</p>
<ol>${ranking
    .slice(0, SHOWN)
    .map((id) => `<li>${firm(id)}</li>`)
    .join('')}</ol>
${missed.length > 0 ? `<p>Missed:</p><ul>${missed.map((id) => `<li>${firm(id)}, ${place(id)}</li>`).join('')}</ul>` : ''}</details>`
}

/** The text with the words that services were understood from marked. */
function marked(text: string, { services }: Asked['understood']): string {
  const spans = services.flatMap((one) => one.spans).sort((a, b) => a.start - b.start)
  let html = ''
  let at = 0
  for (const { start, end } of spans) {
    if (end <= at) continue
    const from = Math.max(at, start)
    html += `${escapeHtml(text.slice(at, from))}<mark>${escapeHtml(text.slice(from, end))}</mark>`
    at = end
  }
  return html + escapeHtml(text.slice(at))
}

/** Everything that was understood but the words themselves, each finding by its name; what is empty is left out. */
function chips({ services, words: _, ...others }: Asked['understood']): string[] {
  return [
    ...services.map(({ id, weight }) => `${id} ${weight.toFixed(2)}`),
    ...Object.entries(others).flatMap(([name, found]) => {
      const told = JSON.stringify(found, telling)
      return ['[]', 'false', 'null'].includes(told) ? [] : [`${name}: ${told.replaceAll('"', '')}`]
    }),
  ]
}

/** Without what says where it stands in the text, and no number longer than it need be. */
function telling(key: string, value: unknown): unknown {
  if (/^spans?$|^source$/.test(key)) return undefined
  return typeof value === 'number' ? Number(value.toFixed(2)) : value
}

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; color: #1c2321; background: #fff }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid #d5dbd8; white-space: nowrap }
.wide { overflow-x: auto }
details { margin: .5rem 0 }
summary { cursor: pointer; padding: .5rem 0 }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #d5dbd8 }
.chip { display: inline-block; padding: 0 .6rem; margin: .1rem 0; border: 1px solid #b7c1bc; border-radius: 1rem; font-size: .875rem }
small { color: #5c6864 }
b { display: inline-block; min-width: 1.5rem; text-align: center; border-radius: .25rem; background: #eceeed }
.g3 { background: #8fd3b0 } .g2 { background: #c5e8d3 } .g1 { background: #f3e9bf }
`
