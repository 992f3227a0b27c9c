import type { Request, Response } from 'express'
import { NotFound } from '../../kernel/errors.js'
import type { FileStore } from '../../platform/files/files.repository.js'
import { sendFile } from '../../platform/files/send-file.js'
import { sentPicture } from '../../platform/files/sent-picture.js'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { personOf } from '../../platform/http/viewer.js'
import { readSent } from './form.schemas.js'
import { type ParkSettings, versionOf } from './park-settings.service.js'
import { type SectionPage, sectionView } from './section.views.js'
import { logoSection as section } from './sections/logo.section.js'
import { valuesOf } from './sections/section.types.js'

export interface LogoPagesDeps {
  settings: ParkSettings
  files: FileStore
}

/** A picture has one address for ever: another one gets another. */
const KEPT = 'public, max-age=31536000, immutable'

/** The park's picture: sent by an administrator, seen by everybody. */
export function logoPages({ settings, files }: LogoPagesDeps): Record<'park.logo' | 'admin.park-logo', Handler> {
  const show = (res: Response, page: Omit<SectionPage, 'section'>, status: number) =>
    render(res, 'park/section', sectionView({ section, ...page }, contextOf(res)), { status })

  return {
    'park.logo': async (req, res) => {
      const context = contextOf(res)
      await context.loadPark()
      const id = String(req.params.file)
      const file = await files.byId(id)
      if (file?.owner?.kind !== 'park' || file.owner.recordId !== context.park.id) throw new NotFound('picture', id)
      await sendFile(res, files, file, { kept: KEPT })
    },
    'admin.park-logo': async (req, res) => {
      const context = contextOf(res)
      const { park } = context
      const { values: typed, seen } = readSent(req)
      const { alt, picture } = { alt: altOf(typed), picture: await sentPicture(req, 'file') }
      const now = section.read(park)
      const kept = valuesOf({ file: now.file, width: now.width, height: now.height })
      if (picture && !picture.ok) return show(res, { values: { ...kept, ...alt }, seen, errors: [picture.error] }, 422)
      // Checked before the file is kept, so that a form with another mistake leaves none behind.
      const sample = picture ? { file: 'new', width: '1', height: '1' } : kept
      const wanted = typed.remove ? {} : { ...sample, ...alt }
      const parsed = section.parse(wanted)
      const nothing = !typed.remove && !sample.file
      if (!parsed.ok || nothing) {
        const missing = nothing ? [{ field: 'file', code: 'required' }] : []
        const others = parsed.ok ? [] : parsed.errors.filter(({ field }) => field.startsWith('alt'))
        return show(res, { values: { ...kept, ...alt }, seen, errors: [...missing, ...others] }, 422)
      }
      const person = personOf(context)
      let set = parsed.set
      let file: string | null = null
      if (picture && !typed.remove) {
        const { width, height } = picture.picture
        file = await files.add(picture.picture, { parkId: park.id, personId: person.personId })
        const read = section.parse(valuesOf({ file, width, height, ...alt }))
        if (read.ok) set = read.set
      }
      const result = await settings.write(person, {
        ...{ section, seen, set },
        alongside: async (session) => {
          if (file) await files.give(file, { kind: 'park', recordId: park.id }, session)
        },
      })
      if (!result.ok) {
        const meanwhile = section.read(result.park)
        return show(res, { values: { ...meanwhile, ...alt }, seen: versionOf(result.park, section), meanwhile }, 409)
      }
      return saved(req, res, result.changed)
    },
  }
}

const altOf = (typed: Readonly<Record<string, string>>) =>
  valuesOf({ 'alt.vi': typed['alt.vi'], 'alt.en': typed['alt.en'] })

function saved(req: Request, res: Response, changed: boolean): void {
  giveNotice(req, changed ? 'settings.notices.saved' : 'settings.notices.same')
  res.redirect(303, contextOf(res).url('admin.park'))
}
