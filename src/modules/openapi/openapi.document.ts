import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { ROUTES, type RouteName } from '../../kernel/routes.js'
import { businessAnswer, businessesAnswer, businessesQuery } from '../businesses/index.js'
import { matchAnswer, matchRequest } from '../matching/index.js'
import { needAnswer, needsAnswer, needsQuery } from '../needs/index.js'
import { providerAnswer, providersAnswer, providersQuery } from '../providers/index.js'

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })).optional(),
})

type ApiName = Extract<RouteName, `api.${string}`>

/** What each call takes and answers: the very schemas that its handler uses. */
const CALLS: Record<Exclude<ApiName, 'api.openapi'>, ZodOpenApiOperationObject> = {
  'api.providers': list('Firms that fit the words and filters', providersQuery, providersAnswer),
  'api.provider': one('One firm', providerAnswer),
  'api.businesses': list('Businesses that agreed to be listed', businessesQuery, businessesAnswer),
  'api.business': one('One business', businessAnswer),
  'api.needs': list('Public needs', needsQuery, needsAnswer),
  'api.need': one('One public need', needAnswer),
  'api.match': {
    summary: 'Firms ranked for a need told in plain words, each with its reasons',
    requestBody: { required: true, content: { 'application/json': { schema: matchRequest } } },
    responses: answers(matchAnswer),
  },
}

/** The OpenAPI document of the public API. */
export function openApiDocument(publicUrl: string): object {
  const paths: ZodOpenApiPathsObject = {}
  for (const [name, operation] of Object.entries(CALLS)) {
    const { path, method } = ROUTES[name as ApiName]
    const templated = path.replace(/:(\w+)/g, '{$1}')
    paths[templated] = {
      ...paths[templated],
      [method.toLowerCase()]: { operationId: name.slice('api.'.length), ...operation },
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Cầu Nối Số',
      version: '1',
      description: 'Technology firms, needs and the matcher of a digital technology park.',
    },
    servers: [{ url: publicUrl }],
    paths,
  })
}

function list(summary: string, query: z.ZodObject, answer: z.ZodType): ZodOpenApiOperationObject {
  return { summary, requestParams: { query }, responses: answers(answer) }
}

function one(summary: string, answer: z.ZodType): ZodOpenApiOperationObject {
  return { summary, requestParams: { path: z.object({ slug: z.string() }) }, responses: answers(answer) }
}

function answers(schema: z.ZodType): ZodOpenApiOperationObject['responses'] {
  return {
    '200': { description: 'As asked for', content: { 'application/json': { schema } } },
    default: { description: 'What was wrong (RFC 9457)', content: { 'application/problem+json': { schema: problem } } },
  }
}
