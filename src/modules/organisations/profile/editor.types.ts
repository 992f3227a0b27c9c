import type { Request, Response } from 'express'
import type { AdminNav } from '../../../platform/http/admin-nav.js'
import type { FieldNote } from '../../curation/index.js'
import type { Organisation } from '../organisation.types.js'
import type { Agreed, ProfileEdit, SaveResult } from './profile.service.js'

/** Where the pages of an editor lie, and what stands around them. */
export interface EditorPlace {
  hub: string
  section(name: string): string
  item(section: string, item: number | 'new'): string
  crumbs(here: string): { links: { href: string; label: string }[]; here: string }
  /** The areas of the park's staff over the page; null where it is not one of theirs. */
  nav: AdminNav | null
  /** Whether consent is asked where a section wants it: only its own people can give it. */
  asksConsent: boolean
}

/** Whose editor it is: that of a firm's own people, or the curators'. The parts of the profile and their rules are the same. */
export interface ProfileEditor {
  /** The organisation with the content that is edited. */
  open(req: Request, res: Response): Promise<Organisation>
  place(organisation: Organisation, req: Request, res: Response): EditorPlace
  /** What curators wrote at its fields. */
  notes(organisation: Organisation): Promise<readonly FieldNote[]>
  save(
    organisation: Organisation,
    edit: ProfileEdit,
    sent: { req: Request; res: Response; section: string; agreement: Agreed | null },
  ): Promise<SaveResult>
}
