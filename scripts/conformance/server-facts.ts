import { isDeepStrictEqual } from 'node:util'
import type { Document, MongoClient } from 'mongodb'

/** What the server says of itself. */
export interface ServerFacts {
  version: string
  topology: 'replicaset' | 'sharded' | 'single'
  parameter(name: string): Promise<unknown>
}

export async function factsOf(client: MongoClient): Promise<ServerFacts> {
  const admin = client.db('admin')
  const hello = await admin.command({ hello: 1 })
  const { version } = await admin.command({ buildInfo: 1 })
  return {
    version,
    topology: hello.msg === 'isdbgrid' ? 'sharded' : hello.setName ? 'replicaset' : 'single',
    parameter: (name) =>
      admin.command({ getParameter: 1, [name]: 1 }).then(
        (reply) => reply[name],
        () => undefined,
      ),
  }
}

/** Why a server meets none of the requirements; nothing where it meets one, or there are none. */
export async function unmetReason(
  requirements: readonly Document[] | undefined,
  facts: ServerFacts,
): Promise<string | undefined> {
  if (!requirements || requirements.length === 0) return undefined
  const reasons: string[] = []
  for (const requirement of requirements) {
    const reason = await unmet(requirement, facts)
    if (reason === undefined) return undefined
    reasons.push(reason)
  }
  return [...new Set(reasons)].join(', or ')
}

async function unmet(requirement: Document, facts: ServerFacts): Promise<string | undefined> {
  const { minServerVersion, maxServerVersion, topologies, serverParameters, auth, serverless, csfle } = requirement
  if (minServerVersion && compareVersions(facts.version, minServerVersion) < 0)
    return `needs server ${minServerVersion}`
  if (maxServerVersion && compareVersions(facts.version, maxServerVersion) > 0)
    return `is for servers up to ${maxServerVersion}`
  if (topologies && !topologies.includes(facts.topology)) return `needs a topology of ${topologies.join(' or ')}`
  if (auth) return 'needs users and roles'
  if (serverless === 'require') return 'needs a serverless deployment'
  if (csfle) return 'needs client-side encryption'
  for (const [name, value] of Object.entries(serverParameters ?? {}))
    if (!isDeepStrictEqual(await facts.parameter(name), value)) return `needs the server parameter ${name}`
  return undefined
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  // A maximum that leaves out the last number holds for all of them.
  for (const [i, number] of (right ?? []).entries()) if (left?.[i] !== number) return (left?.[i] ?? 0) - number
  return 0
}
