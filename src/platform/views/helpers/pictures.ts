import type { SafeString } from 'handlebars'
import { markup } from '../escape.js'
import { bridgeSvg, type Plank } from '../pictures/bridge.js'
import { barsSvg, type Chart, lyingBarsSvg, trendSvg } from '../pictures/chart.js'
import { type IconName, iconSvg } from '../pictures/icons.js'
import { logoSvg } from '../pictures/logo.js'
import { qrSvg } from '../pictures/qr.js'
import { scaleBarSvg } from '../pictures/scale.js'

/** `{{bridge reasons}}`: one plank for each `{status, weight}`. Always beside the reasons in words. */
export const bridge = (planks: readonly Plank[]): SafeString => markup(bridgeSvg(planks))

/** `{{scale "demand" 11 max}}`: one bar; demand grows to the left, supply to the right. */
export const scale = (side: 'demand' | 'supply', value: number, max: number): SafeString =>
  markup(scaleBarSvg(side, value, max))

/** `{{logo name}}`: a firm's initials on its own colour. */
export const logo = (name: string): SafeString => markup(logoSvg(name))

/** `{{icon "met"}}` */
export const icon = (name: IconName): SafeString => markup(iconSvg(name))

/** `{{qr uri label}}`: for a phone's camera; what it holds stands beside it in words. */
export const qr = (text: string, label: string): SafeString => markup(qrSvg(text, label))

const FORMS = { bars: barsSvg, lying: lyingBarsSvg, trend: trendSvg }

/** `{{drawn "bars" chart}}`: figures as a picture; the same figures stand beside it in a table. */
export const drawn = (form: keyof typeof FORMS, chart: Chart): SafeString => markup(FORMS[form](chart))
