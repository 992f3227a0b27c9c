import { basename } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from './chromium.js'

/** Whether browser tests can run here; where they cannot, they are skipped and counted as skipped. */
export const hasChromium = findChromium() !== null

/** Says in the test's output that a file of browser tests is skipped, and why. */
export function warnWithoutChromium(): void {
  if (!hasChromium)
    console.warn('No Chromium found: the browser tests are skipped. Install it, or name it in CHROMIUM_PATH.')
}

/** Starts the system's Chromium, which may not reach out for anything of its own. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium is installed')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Widths at which every page is looked at: a phone and a desk. */
export const WIDTHS = [390, 1280] as const

/** How a whole journey is walked: in each language, on a phone and at a desk; `EVERY_VISIT=1` walks all four, which takes twice as long. */
export const VISITS: readonly { lang: 'vi' | 'en'; width: number }[] = process.env.EVERY_VISIT
  ? (['vi', 'en'] as const).flatMap((lang) => WIDTHS.map((width) => ({ lang, width })))
  : [
      { lang: 'vi', width: WIDTHS[0] },
      { lang: 'en', width: WIDTHS[1] },
    ]

const WIDEST_PHONE = 600

export interface PageOptions {
  javaScript?: boolean
  colorScheme?: 'light' | 'dark'
}

/** A page of a visitor of his own, `width` CSS pixels wide; phones are touched, desks have a mouse. */
export async function openPage(browser: Browser, width: number, options: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    hasTouch: width < WIDEST_PHONE,
    javaScriptEnabled: options.javaScript ?? true,
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  })
  // Below the time a test may take, so that a failure names the step that waits.
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

/** Does what leads to another page, and waits until that page is there. */
export async function leadingOn(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), act()])
}

/** What axe finds wrong with the page as it stands, one line each; targets below 24 px count. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // No page has frames: axe may work in this one alone, and need not describe what passes. Both save most of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
  })
  const { violations } = await axe.analyze()
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} (${v.help})`))
}

/** Whether something on the page is wider than the window, so that a phone would scroll sideways. */
export function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth + 1')
}

/**
 * The looks for a journey through pages that other journeys come by too: one of the two by default, which of them depends on
 * the file's name; all with `EVERY_VISIT=1`.
 */
export const visitsOf = (file: string): typeof VISITS =>
  process.env.EVERY_VISIT ? VISITS : VISITS.slice(0, 2).filter((_, n) => n === basename(file).length % 2)
