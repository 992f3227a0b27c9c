import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startEmbeddingEndpoint } from '../support/embedding-endpoint.js'
import { writeDemonstrationSet } from '../support/retrieval-set.js'
import { runScript, startScript } from '../support/script.js'

describe('npm run eval', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'eval-'))
  const set = join(folder, 'set')
  // The commands' own place for temporary files, so that what they leave behind would be seen.
  const TMPDIR = join(folder, 'tmp')
  mkdirSync(TMPDIR)
  const { documents, queries } = writeDemonstrationSet(set)
  afterAll(() => rmSync(folder, { recursive: true }))

  const state = () => readdirSync(set).map((name) => [name, statSync(join(set, name)).mtimeMs])
  const leftovers = () => readdirSync(TMPDIR).filter((name) => name.startsWith('cau-noi-so'))

  it('prints the figures, writes the run with the set’s ids, and leaves set and disk as they were', async () => {
    const before = state()
    const run = join(folder, 'run.txt')
    const args = ['--set', set, '--limit-queries', '6', '--run-out', run, '--json']
    const { code, json, stderr } = await runScript('eval', args, { TMPDIR })
    expect([code, stderr]).toEqual([0, ''])
    const figures = json()
    expect(Object.keys(figures)).toEqual([
      ...[
        'mode',
        'documents',
        'queries',
        'judged',
        'ndcg10',
        'mrr10',
        'recall10',
        'recall100',
        'p50ms',
        'p95ms',
        'nobody',
        'embeddings',
      ],
    ])
    expect(figures).toMatchObject({ mode: 'match', documents, queries: 6, judged: 5, embeddings: null })
    expect(figures.recall100).toBeGreaterThan(0)

    const corpus = readFileSync(join(set, 'corpus.jsonl'), 'utf8')
    const lines = readFileSync(run, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '))
    expect(new Set(lines.map(([query]) => query)).size).toBe(6)
    for (const [, q0, id, rank, score, tag] of lines) {
      expect([q0, tag, Number(score)]).toEqual(['Q0', 'cau-noi-so-match', expect.closeTo(1 / Number(rank), 5)])
      expect(corpus).toContain(`"_id":"${id}"`)
    }
    expect(state()).toEqual(before)
    expect(leftovers()).toEqual([])
  })

  it('asks the list’s search when told to, with the queries of another file', async () => {
    const [first = '', second = ''] = readFileSync(join(set, 'queries.jsonl'), 'utf8').split('\n')
    writeFileSync(join(set, 'queries.bare.jsonl'), `${first}\n${second}\n`)
    const args = ['--set', set, '--mode', 'search', '--queries', 'queries.bare.jsonl']
    const { code, stdout } = await runScript('eval', args, { TMPDIR })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^search: \d+ documents, 2 queries, 2 of them judged\nnDCG@10 +[01]\.\d{4}\n/)
    expect(queries.length).toBeGreaterThan(2)
  })

  it('measures with an embedding endpoint and without it, however late the endpoint answers', async () => {
    const endpoint = await startEmbeddingEndpoint()
    endpoint.words = ['lúa', 'lua', 'rice']
    endpoint.delayMs = 450
    const args = ['--set', set, '--limit-queries', '3', '--json']
    const { code, stdout, json } = await runScript('eval', args, { TMPDIR, ...endpoint.env })
    await endpoint.close()
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /\nembedding endpoint: on, small-model; 3 needs asked of it in .*; 3 later than the 400 ms .*; 0 not answered\n/,
    )
    expect(stdout).toMatch(/\nthe embedding endpoint +[01]\.\d{4} /)
    expect(json()).toMatchObject({ embeddings: 'small-model' })
    expect(leftovers()).toEqual([])
    // What answers no more is said, and not measured as if it had nothing to add.
    const dead = await runScript('eval', args, { TMPDIR, ...endpoint.env })
    expect([dead.code, dead.stdout]).toEqual([2, ''])
    expect(dead.stderr).toContain('The embedding endpoint cannot be measured: no usable answer.')
  })

  it('ends with 2 and a sentence for a set that is none, a run inside the set, and what goes with the judged needs only', async () => {
    const none = await runScript('eval', ['--set', TMPDIR], { TMPDIR })
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/has no corpus\.jsonl\n$/)])
    const inside = await runScript('eval', ['--set', set, '--run-out', join(set, 'run.txt')], { TMPDIR })
    expect([inside.code, inside.stderr]).toEqual([2, expect.stringContaining('--run-out')])
    const both = await runScript('eval', ['--set', set, '--half', 'reporting'], { TMPDIR })
    expect([both.code, both.stderr]).toEqual([2, '--half goes without --set only.\n'])
  })

  it('removes its data folder when it is stopped', async () => {
    const { child, ended } = startScript('eval', ['--set', set], { TMPDIR })
    while (leftovers().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGINT')
    expect((await ended).code).toBe(130)
    expect(leftovers()).toEqual([])
  })
})
