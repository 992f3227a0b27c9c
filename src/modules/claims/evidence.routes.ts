import { NotFound } from '../../kernel/errors.js'
import { type Actor, can } from '../../kernel/permissions.js'
import type { FileStore } from '../../platform/files/files.repository.js'
import { sendFile } from '../../platform/files/send-file.js'
import { contextOf } from '../../platform/http/context.js'
import type { Handler } from '../../platform/http/router.js'
import type { CaseRepository, CaseRow } from '../curation/index.js'

/** The picture that a claimant has sent: for curators who may decide about it, and kept by no browser. */
export function evidencePages({
  cases,
  files,
}: {
  cases: CaseRepository
  files: FileStore
}): Record<'admin.evidence', Handler> {
  return {
    'admin.evidence': async (req, res) => {
      const { actor, park } = contextOf(res)
      const id = String(req.params.case)
      const entry = can(actor, 'admin:use') ? await cases.byId(id) : null
      const claim =
        entry?.parkId === park.id && entry.kind === 'claim' && mayDecide(actor, entry) ? entry.subjectId : null
      const [file] = claim ? await files.of({ kind: 'claim', recordId: claim }) : []
      if (!file) throw new NotFound('picture of case', id)
      await sendFile(res, files, file)
    },
  }
}

const mayDecide = (actor: Actor, { _id, personId, recordId }: CaseRow): boolean =>
  can(actor, 'case:decide', { type: 'case', id: _id, personId, organisation: recordId })
