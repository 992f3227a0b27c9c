import { type PlainDate, plainDateIn } from '../../../kernel/clock.js'
import { ANSWER_DAYS, DAY_MS } from '../../../kernel/retention.js'
import { workingDaysAfter } from '../../introductions/index.js'
import type { RequestRow } from './requests.model.js'

/** The last days on which a request may be acknowledged and done, in the park's time zone; both count from the day after. */
export function clocksOf(
  { receivedAt }: Pick<RequestRow, 'receivedAt'>,
  timeZone: string,
): { acknowledgeBy: PlainDate; doneBy: PlainDate } {
  const received = plainDateIn(receivedAt, timeZone)
  return {
    acknowledgeBy: workingDaysAfter(received, ANSWER_DAYS.acknowledgeWorking),
    doneBy: new Date(Date.parse(received) + ANSWER_DAYS.done * DAY_MS).toISOString().slice(0, 10),
  }
}

/** Whole days from `today` to `day`; negative when it is over. */
export const daysTo = (day: PlainDate, today: PlainDate): number =>
  Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)

/** How far the clock that runs out first has run: the fewer days, the sooner somebody must see to it. */
export function urgency(request: RequestRow, today: PlainDate, timeZone: string): number {
  const { acknowledgeBy, doneBy } = clocksOf(request, timeZone)
  const done = daysTo(doneBy, today)
  return request.acknowledgedAt ? done : Math.min(done, daysTo(acknowledgeBy, today))
}
