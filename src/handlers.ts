import { alertingOf } from './alerting.js'
import type { Core } from './core.js'
import { accountHandlers } from './modules/accounts/index.js'
import { adoptWatches, alertPages } from './modules/alerts/index.js'
import { businessApi, businessPages } from './modules/businesses/index.js'
import { claimPages, claimService } from './modules/claims/index.js'
import { demandPages } from './modules/demand/index.js'
import { healthHandlers } from './modules/health/index.js'
import { standings } from './modules/indexing/index.js'
import { introductionReading, introductionService, introductionsPages } from './modules/introductions/index.js'
import {
  countFitting,
  firmNeedsPage,
  firmsForNeeds,
  matchHandlers,
  rankingPage,
  suggestions,
} from './modules/matching/index.js'
import {
  adoptNeeds,
  draftPages,
  needApi,
  needEditing,
  needPages,
  ownNeedLines,
  ownNeedService,
  ownPostingService,
  postingService,
  publicNeedsOf,
} from './modules/needs/index.js'
import { openApi } from './modules/openapi/index.js'
import { organisationPages } from './modules/organisations/index.js'
import { type ContactViews, providerApi, providerPages } from './modules/providers/index.js'
import { reportPages } from './modules/reports/index.js'
import { homePage, sitemapHandlers, sitePages } from './modules/site/index.js'
import { typeAheadPages } from './modules/type-ahead/index.js'
import { privacyPages } from './personal-data.js'
import { ping } from './platform/db/connection.js'
import type { Assets } from './platform/http/assets.js'
import type { Handlers } from './platform/http/router.js'
import type { Mailing } from './platform/mail/mailing.js'
import { workbench } from './workbench.js'

export interface HandlerTools {
  mailing: Mailing
  assets: Assets
  contactViews: ContactViews
  /** What is still being done before visitors can be answered; null when all is. */
  starting(): string | null
}

/** The handler of every route, wired to the core's services. */
export function createHandlers(core: Core, { mailing, assets, contactViews, starting }: HandlerTools): Handlers {
  const { publicUrl } = mailing
  const introducing = introductionService({ ...core, ...mailing })
  const own = ownNeedService({ ...core, onEnd: introducing.endWith })
  const reading = introductionReading(core)
  const rank = firmsForNeeds(core)
  return {
    ...homePage({ ...core, fitting: countFitting(core) }),
    ...sitePages({ ...core, embeddings: core.config.embeddings }),
    ...demandPages(core),
    ...providerPages({ ...core, contactViews, onNobody: countMissOrLog(core) }),
    ...providerApi({ ...core, contactViews }),
    ...businessPages({ ...core, publicNeedsOf: publicNeedsOf(core) }),
    ...businessApi(core),
    ...needPages({ ...core, rank }),
    ...draftPages({
      ...core,
      posting: postingService({ ...core, ...mailing }),
      ownPosting: ownPostingService({ ...core, ...mailing }),
      understand: suggestions(core),
    }),
    ...introductionsPages({ ...core, own, editing: needEditing(core), reading, introducing, rank }),
    ...needApi(core),
    ...typeAheadPages(core),
    ...firmNeedsPage(core),
    ...matchHandlers({ ...core, onNobody: countMissOrLog(core) }),
    ...alertPages({ ...alertingOf(core, mailing), own }),
    ...rankingPage(core),
    ...accountHandlers({
      ...{ ...core, ...mailing, openId: core.config.openId },
      ...{ adopt: adoptGuests(core), needsOf: ownNeedLines(core) },
    }),
    ...organisationPages({ ...core, ...mailing }),
    ...claimPages({ ...core, claiming: claimService({ ...core, ...mailing }) }),
    ...reportPages(core),
    ...workbench(core, mailing, introducing),
    ...privacyPages(core, mailing, introducing),
    ...openApi({ publicUrl }),
    ...sitemapHandlers({ ...core, publicUrl }),
    ...healthHandlers({
      starting,
      databaseAnswers: () => ping(core.db),
      searchHealth: () => core.search.health(),
      standings: () => standings(core.engines),
      serving: () => core.engines.serving(),
      filling: () => core.engines.all.some(({ engine, filling }) => engine === 'builtin' && filling()),
    }),
    asset: assets.serve,
  }
}

/** Makes what guests left under an address that of the person who has proved that it is his. */
function adoptGuests(core: Core) {
  const [watches, needs] = [adoptWatches(core), adoptNeeds(core)]
  return async (who: Parameters<typeof needs>[0]): Promise<void> => {
    // Before the needs, with which a guest's address goes.
    await watches(who)
    await needs(who)
  }
}

/** A question is answered even when it could not be counted. */
const countMissOrLog =
  ({ demand, log }: Core): Core['demand']['countMiss'] =>
  async (park, understood, text) => {
    try {
      await demand.countMiss(park, understood, text)
    } catch (error) {
      log.error({ err: error }, 'a question that found nobody could not be counted')
    }
  }
