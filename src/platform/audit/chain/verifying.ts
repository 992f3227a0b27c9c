import type { Connection } from 'mongoose'
import type { AuditRow } from '../../records/record.model.js'
import { type ChainModels, chainModels, type Head, type LinkRow } from './chain.model.js'
import { digestOf, linkOf, START } from './chain.rules.js'

export type FindingKind =
  /** The entry says something else than when it was sealed. */
  | 'changed'
  /** There is a link, and no entry. */
  | 'removed'
  /** The entry claims a place that no link gives it. */
  | 'inserted'
  /** The entry stands at another place than it was sealed at. */
  | 'moved'
  /** The link itself was changed, or does not follow from the one before. */
  | 'link-changed'
  | 'link-removed'
  /** The end is missing: the head, or a head noted elsewhere, lies behind the last link. */
  | 'truncated'
  /** A head noted elsewhere is not on the chain: it was made anew from some place before. */
  | 'rewritten'
  /** More links have lost their salts than erasures say. */
  | 'erased-unrecorded'

export interface Finding {
  kind: FindingKind
  seq: number
  entryId?: string
}

export interface Verification {
  head: Head
  /** Entries not sealed yet. */
  waiting: number
  /** Of the sealed ones: emptied when a person was erased. Their place holds, their content can no longer be proved. */
  erased: number
  /** Sealed more than an hour after the time they bear: written while nobody sealed, or dated back. */
  late: number
  findings: Finding[]
}

const BATCH = 1_000
const LATE_MS = 60 * 60_000

/** Walks the whole chain. `noted`: heads that were written down outside the database. Goes on beside a running product. */
export async function verifyAudit(db: Connection, noted: readonly Head[] = []): Promise<Verification> {
  const models = chainModels(db)
  const head = await models.heads.findById('head').lean()
  const end = head?.seq ?? (await lastSeq(models))
  const findings: Finding[] = []
  const walk = { before: [START] as string[], last: 0, erased: 0, saidErased: 0, late: 0 }

  for (let from = 0; from < end; from += BATCH) {
    const range = { $gt: from, $lte: Math.min(from + BATCH, end) }
    const rows = await models.links.find({ _id: range }).sort({ _id: 1 }).lean<LinkRow[]>()
    const linked = await models.entries.find({ _id: { $in: rows.map((row) => row.entryId) } }).lean<AuditRow[]>()
    const placed = await models.entries.find({ seq: range }).lean<AuditRow[]>()
    const byId = new Map(linked.map((entry) => [entry._id, entry]))
    for (const row of rows) look(row, byId.get(row.entryId))
    findings.push(...strangers(placed, rows))
  }
  if (walk.last < end) findings.push({ kind: 'truncated', seq: walk.last + 1 })
  if (head && head.seq > 0 && walk.last === head.seq && !walk.before.includes(head.link))
    findings.push({ kind: 'rewritten', seq: head.seq })
  if (!head) findings.push({ kind: 'truncated', seq: end + 1 })
  findings.push(...(await behind(models, end)))
  for (const one of noted) findings.push(...(await missed(models, one, end)))

  const unsealed = await models.entries.find({ seq: null, action: 'audit.emptied' }).lean<AuditRow[]>()
  for (const entry of unsealed) walk.saidErased += emptiedBy(entry)
  if (walk.erased > walk.saidErased) findings.push({ kind: 'erased-unrecorded', seq: end })
  return {
    head: { seq: walk.last, link: walk.before[0] ?? START },
    ...{ waiting: await models.entries.countDocuments({ seq: null }), erased: walk.erased, late: walk.late, findings },
  }

  function look(row: LinkRow, entry: AuditRow | undefined) {
    const seq = row._id
    for (let gone = walk.last + 1; gone < seq; gone++) findings.push({ kind: 'link-removed', seq: gone })
    const follows = walk.before.map((before) => linkOf(before, seq, row.entryId, row.digest))
    // After a gap there is nothing to follow from.
    const holds = walk.last + 1 < seq || follows.includes(row.link)
    const about = { seq, entryId: row.entryId }
    if (!entry) findings.push({ kind: 'removed', ...about })
    else if (entry.seq !== seq) findings.push({ kind: 'moved', ...about })
    else if (row.salt === null) walk.erased++
    else if (digestOf(entry, row.salt) !== row.digest) findings.push({ kind: 'changed', ...about })
    else {
      walk.saidErased += emptiedBy(entry)
      if (row.sealedAt.getTime() - entry.at.getTime() > LATE_MS) walk.late++
    }
    if (!holds && entry?.seq === seq) findings.push({ kind: 'link-changed', ...about })
    // Where a link was changed, the next one may follow from what it was: each fault is named once.
    walk.before = holds ? [row.link] : [row.link, ...follows]
    walk.last = seq
  }
}

/** Entries at places whose links name others. */
function strangers(placed: readonly AuditRow[], rows: readonly LinkRow[]): Finding[] {
  const known = new Set(rows.map(({ entryId }) => entryId))
  return placed
    .filter(({ _id }) => !known.has(_id))
    .map(({ _id, seq }) => ({ kind: 'inserted', seq: seq ?? 0, entryId: _id }))
}

/** Entries beyond the end, but for those that were sealed meanwhile. */
async function behind({ entries, links }: ChainModels, end: number): Promise<Finding[]> {
  const placed = await entries.find({ $or: [{ seq: { $gt: end } }, { seq: { $lt: 1 } }] }).lean<AuditRow[]>()
  const rows = await links.find({ _id: { $gt: end } }).lean<LinkRow[]>()
  return strangers(placed, rows)
}

async function missed({ links }: ChainModels, { seq, link }: Head, end: number): Promise<Finding[]> {
  if (seq === 0) return []
  if (seq > end) return [{ kind: 'truncated', seq: end + 1 }]
  const row = await links.findById(seq).lean()
  // One that is missing within the chain has been named already.
  return !row || row.link === link ? [] : [{ kind: 'rewritten', seq }]
}

async function lastSeq({ links }: ChainModels): Promise<number> {
  return (await links.findOne().sort({ _id: -1 }).lean())?._id ?? 0
}

/** How many links an entry says to have lost their salts. */
const emptiedBy = ({ action, details }: AuditRow) => (action === 'audit.emptied' ? Number(details?.links ?? 0) : 0)
