import type { PlankStatus } from './bridge.js'

export type IconName = PlankStatus

const SHAPES: Record<IconName, string> = {
  met: '<path d="M2.5 8.5l3.6 3.6L13.5 4" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>',
  partly:
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor"/>',
  unmet: '<path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>',
  unknown:
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.4 2.2"/>',
}

/** A small sign in the colour of the text; hidden from screen readers, since words stand beside it. */
export function iconSvg(name: IconName): string {
  return `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`
}
