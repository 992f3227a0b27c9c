import { create } from 'qrcode'
import { escapeHtml } from '../escape.js'

/** White around the picture, in modules, which readers need to find it. */
const QUIET = 4

/** A QR picture of `text`, black on white in every colour scheme, since readers want it so; `label` says what it is. */
export function qrSvg(text: string, label: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * QUIET
  let path = ''
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`
  }
  return (
    `<svg class="qr" viewBox="0 0 ${side} ${side}" width="240" height="240" role="img" aria-label="${escapeHtml(label)}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  )
}
