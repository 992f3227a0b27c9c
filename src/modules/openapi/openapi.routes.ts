import type { Handler } from '../../platform/http/router.js'
import { openApiDocument } from './openapi.document.js'

export function openApi({ publicUrl }: { publicUrl: string }): Record<'api.openapi', Handler> {
  const document = openApiDocument(publicUrl)
  return {
    'api.openapi': (_req, res) => {
      res.json(document)
    },
  }
}
