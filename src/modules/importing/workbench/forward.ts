import type { Edit } from '../../../platform/records/record.types.js'
import type { Fate, ImportRow } from './imports.types.js'
import type { WorkDeps } from './imports.work.js'
import { type JudgeContext, type Judged, judge } from './judge.js'

/** Rows of one step: few enough that the product's pages come in between. */
const CHECK_ROWS = 250
const COMMIT_ROWS = 100

/** Looks at the next rows of an import that is being checked; whether there may be more. */
export async function checkBatch(deps: WorkDeps, job: ImportRow, context: JudgeContext): Promise<boolean> {
  const { imports } = deps
  const rows = await imports.rowsAfter(job._id, job.cursor, CHECK_ROWS)
  const expect = { state: 'checking', worker: job.worker, cursor: job.cursor } as const
  if (rows.length === 0) {
    await imports.step(job._id, { set: { state: 'ready', worker: null }, expect })
    return false
  }
  const judged = await judge(deps, job, rows, context)
  await imports.judgeRows(
    judged.filter(isNews).map(({ row, fate, problems }) => ({ _id: row._id, bad: fate === 'bad', problems })),
  )
  const counts = { ...job.counts }
  for (const { fate } of judged) counts[fate]++
  return imports.step(job._id, { set: { counts, cursor: rows.at(-1)?.n ?? job.cursor }, expect })
}

const isNews = ({ row, fate, problems }: Judged) =>
  row.bad !== (fate === 'bad') || JSON.stringify(row.problems) !== JSON.stringify(problems)

/** Writes the next rows of an import, and moves its cursor, in one transaction; whether there may be more. */
export async function commitBatch(deps: WorkDeps, job: ImportRow, context: JudgeContext): Promise<boolean> {
  const { imports, change, clock } = deps
  const rows = await imports.rowsAfter(job._id, job.cursor, COMMIT_ROWS)
  const expect = { state: 'committing', cursor: job.cursor } as const
  if (rows.length === 0) {
    await imports.inTransaction(async (session) => {
      const set = { state: 'done', worker: null, finishedAt: clock() } as const
      if (await imports.step(job._id, { set, expect }, { session })) await deps.audit.record(finished(job), session)
    })
    return false
  }
  const judged = await judge(
    deps,
    job,
    rows.filter((row) => !row.bad),
    context,
  )
  const done = { ...job.done, bad: job.done.bad + rows.filter((row) => row.bad).length }
  const edits: Edit<unknown>[] = []
  for (const { fate, edit } of judged) {
    const left = edit !== undefined && !wanted(job, fate)
    if (edit && !left) edits.push(edit)
    done[left ? 'skipped' : fate]++
  }
  await imports.inTransaction(async (session) => {
    const set = { done, cursor: rows.at(-1)?.n ?? job.cursor }
    // Somebody else has written these rows, or the import was stopped: then nothing is written here.
    if (!(await imports.step(job._id, { set, expect }, { session }))) return
    const spoilt = judged.filter(({ fate }) => fate === 'bad')
    await imports.judgeRows(
      spoilt.map(({ row, problems }) => ({ _id: row._id, bad: true, problems })),
      { session },
    )
    await change({
      ...{ parkId: job.parkId, type: context.table.form.type, by: job.by, why: 'import', action: 'import' },
      ...{ batch: job._id, edits, within: session },
    })
  })
  deps.onWritten()
  return true
}

const wanted = ({ mode }: ImportRow, fate: Fate): boolean =>
  mode === 'both' || (mode === 'create' ? fate === 'added' : fate === 'changed')

const finished = (job: ImportRow) => ({
  ...({
    parkId: job.parkId,
    by: job.by,
    action: 'import.finished',
    type: 'import',
    recordId: job._id,
    batch: job._id,
  } as const),
  details: { added: String(job.done.added), changed: String(job.done.changed), bad: String(job.done.bad) },
})
