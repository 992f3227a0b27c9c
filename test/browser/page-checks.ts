import type { Page } from 'playwright-core'
import { accessibilityProblems, overflowsSideways } from '../support/browser.js'

/** Collects what a page complains about by itself: failures of scripts, violations of the content security policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // Chromium also reports the status of a page that is meant to be 403, 404 or 422.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== 'document')
      complaints.push(`${response.status()} ${response.url()}`)
  })
  return complaints
}

/** All that is wrong with a page as it stands in `lang`; empty for a page that is fit to be shown. */
export async function faultsOf(page: Page, lang: string): Promise<string[]> {
  const spoken = await page.getAttribute('html', 'lang')
  return [
    ...(spoken === lang ? [] : [`the page says it speaks ${spoken}`]),
    ...((await overflowsSideways(page)) ? ['the page scrolls sideways'] : []),
    ...(await accessibilityProblems(page)),
    ...(isPhone(page) ? await smallTargets(page) : []),
  ]
}

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600

/** Buttons and fields that are lower than the 44 px a finger wants; a choice counts with its label. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(`
    [...document.querySelectorAll('button, .btn, input, select, textarea, summary, nav a')].flatMap((control) => {
      const target = control.closest('label') ?? control
      const { width, height } = target.getBoundingClientRect()
      const shown = width > 0 && control.checkVisibility({ visibilityProperty: true })
      return !shown || height >= 43.5 ? [] : [Math.round(height) + ' px high: ' + target.outerHTML.slice(0, 90)]
    })`)
}
