import { type Document, MongoClient } from 'mongodb'
import { NotRunnable } from './outcomes.js'

export type EventKind = 'command' | 'cmap' | 'sdam'

/** Names of events: in the tests, and in the driver. */
const EVENTS: Readonly<Record<EventKind, Readonly<Record<string, string>>>> = {
  command: {
    commandStartedEvent: 'commandStarted',
    commandSucceededEvent: 'commandSucceeded',
    commandFailedEvent: 'commandFailed',
  },
  cmap: {
    poolCreatedEvent: 'connectionPoolCreated',
    poolClosedEvent: 'connectionPoolClosed',
    poolReadyEvent: 'connectionPoolReady',
    poolClearedEvent: 'connectionPoolCleared',
    connectionCreatedEvent: 'connectionCreated',
    connectionReadyEvent: 'connectionReady',
    connectionClosedEvent: 'connectionClosed',
    connectionCheckOutStartedEvent: 'connectionCheckOutStarted',
    connectionCheckOutFailedEvent: 'connectionCheckOutFailed',
    connectionCheckedOutEvent: 'connectionCheckedOut',
    connectionCheckedInEvent: 'connectionCheckedIn',
  },
  sdam: {
    serverDescriptionChangedEvent: 'serverDescriptionChanged',
    serverHeartbeatStartedEvent: 'serverHeartbeatStarted',
    serverHeartbeatSucceededEvent: 'serverHeartbeatSucceeded',
    serverHeartbeatFailedEvent: 'serverHeartbeatFailed',
    topologyDescriptionChangedEvent: 'topologyDescriptionChanged',
    topologyOpeningEvent: 'topologyOpening',
    topologyClosedEvent: 'topologyClosed',
    serverOpeningEvent: 'serverOpening',
    serverClosedEvent: 'serverClosed',
  },
}

export interface Observed {
  kind: EventKind
  /** As tests call it. */
  name: string
  event: Document
}

/** No ping of the driver's own among the events. */
const QUIETLY = { __skipPingOnConnect: true }

/** A client that keeps the events which a test wants to see. */
export class ObservedClient extends MongoClient {
  readonly observed: Observed[] = []
  private watching = true

  constructor(uri: string, spec: Document) {
    if (spec.autoEncryptOpts) throw new NotRunnable('needs client-side encryption')
    const options = { monitorCommands: true, ...QUIETLY, ...(spec.serverApi && { serverApi: spec.serverApi }) }
    super(withOptions(uri, spec.uriOptions ?? {}), options)
    const ignored = new Set<string>(['configureFailPoint', ...(spec.ignoreCommandMonitoringEvents ?? [])])
    const wanted = new Set<string>(spec.observeEvents ?? [])
    for (const [kind, names] of Object.entries(EVENTS))
      for (const [name, driverName] of Object.entries(names))
        if (wanted.has(name))
          this.on(driverName as 'commandStarted', (event: Document) => {
            const secret = kind === 'command' && !spec.observeSensitiveCommands && isRedacted(event)
            if (this.watching && !ignored.has(event.commandName) && !secret)
              this.observed.push({ kind: kind as EventKind, name, event })
          })
  }

  events(kind: EventKind = 'command'): Observed[] {
    return this.observed.filter((each) => each.kind === kind)
  }

  stopWatching(): void {
    this.watching = false
  }
}

/** The driver empties the commands of signing in, and their replies. */
const isRedacted = ({ command, reply }: Document): boolean =>
  [command, reply].some((body) => body && typeof body === 'object' && Object.keys(body).length === 0)

function withOptions(uri: string, options: Document): string {
  const [base = '', query = ''] = uri.split('?')
  const all = new URLSearchParams(query)
  for (const [name, value] of Object.entries(options)) all.set(name, String(value))
  return `${base}?${all}`
}
