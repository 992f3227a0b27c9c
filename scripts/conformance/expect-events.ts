import type { Document } from 'mongodb'
import type { Entities } from './entities.js'
import { match } from './match.js'
import type { Observed } from './observed-client.js'
import { Mismatch } from './outcomes.js'

/** @throws Mismatch where a client has not seen what was expected, in that order */
export function expectEvents(expectations: readonly Document[], entities: Entities): void {
  for (const { client, eventType, events, ignoreExtraEvents } of expectations) {
    const seen = entities.client(client).events(eventType)
    const tooMany = seen.length > events.length && !ignoreExtraEvents
    if (tooMany || seen.length < events.length)
      throw new Mismatch(`${client} saw ${seen.map(nameOf).join(', ') || 'nothing'}; expected ${events.length} events`)
    for (const [i, expected] of events.entries()) expectEvent(seen[i], expected, entities, `event ${i}`)
  }
}

export function expectEvent(seen: Observed | undefined, expected: Document, entities: Entities, path: string): void {
  const [[name, fields] = []] = Object.entries(expected)
  if (!seen || seen.name !== name)
    throw new Mismatch(`${path}: expected ${name}, saw ${seen ? nameOf(seen) : 'nothing'}`)
  // What is sent is the driver's business, which adds fields of its own at any depth.
  const extra = name === 'commandStartedEvent' ? 'everywhere' : 'at the root'
  for (const [field, value] of Object.entries((fields ?? {}) as Document))
    match(fieldOf(seen.event, field), value, entities, { extra, path: `${path} ${nameOf(seen)}.${field}` })
}

function fieldOf(event: Document, field: string): unknown {
  if (field === 'hasServiceId') return event.serviceId != null
  if (field === 'hasServerConnectionId') return event.serverConnectionId != null
  return event[field]
}

const nameOf = ({ name, event }: Observed): string => (event.commandName ? `${name}(${event.commandName})` : name)
