// The queue by keyboard: every key only does what a link or a button on the page does too. Single letters can be switched off,
// as speech input would set them off by chance; the switch is remembered in this browser.
const STORE = 'queue-keys'
const dialog = document.getElementById('keys')
const toggle = dialog.querySelector('[data-keys-switch]')

const remembered = () => {
  try {
    return localStorage.getItem(STORE) !== 'off'
  } catch {
    return true
  }
}
toggle.checked = remembered()
toggle.addEventListener('change', () => {
  try {
    localStorage.setItem(STORE, toggle.checked ? 'on' : 'off')
  } catch {
    // Without storage the switch holds for this page.
  }
})

const opener = document.querySelector('[data-opens="keys"]')
opener.hidden = false
opener.addEventListener('click', () => dialog.showModal())
dialog.querySelector('[data-closes]').addEventListener('click', () => dialog.close())

/** The cases on the page that can be seen, in order. */
const cases = () => [...document.querySelectorAll('a[data-case]')].filter((link) => link.checkVisibility())

function move(step) {
  const links = cases()
  const row = document.activeElement?.closest('li')
  const here = links.findIndex((link) => link === document.activeElement || (row && link.closest('li') === row))
  const from = here < 0 ? links.findIndex((link) => link.getAttribute('aria-current') === 'page') : here
  const to = from < 0 && step < 0 ? links.length - 1 : Math.min(Math.max(from + step, 0), links.length - 1)
  links[to]?.focus()
}

/** Leads to a decision's form, or sends it where nothing is to be filled in and it can be taken back. */
function decide(key) {
  const form = document.querySelector(`form[data-key="${key}"]`)
  const link = document.querySelector(`a[data-key="${key}"]`)
  if (link) link.click()
  else if (form?.dataset.sends !== undefined) form.requestSubmit()
  else if (form) {
    const field = form.querySelector('textarea, select, input:not([type="hidden"]), button')
    field.scrollIntoView({ block: 'center' })
    field.focus()
  }
}

function select() {
  const box = document.activeElement?.closest('li')?.querySelector('input[type="checkbox"]')
  box?.click()
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: select,
  a: () => decide('a'),
  s: () => decide('s'),
  e: () => decide('e'),
  n: () => document.querySelector('a[data-key="n"]')?.click(),
  '?': () => dialog.showModal(),
}

const WRITTEN_IN = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]'

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || dialog.open) return
  if (event.target.closest?.(WRITTEN_IN)) {
    // Out of the field, so that the keys work again; what was written stays.
    if (event.key === 'Escape') event.target.blur()
    return
  }
  const act = toggle.checked ? KEYS[event.key] : undefined
  if (!act) return
  event.preventDefault()
  act()
})

// The list beside a case begins where the case is.
const beside = document.querySelector('.beside')
const current = beside?.querySelector('li.current')
if (current) beside.scrollTop = current.offsetTop - beside.clientHeight / 3

// Who else looks at the case is asked again while somebody is at the page, not while it lies forgotten in a tab.
const presence = document.querySelector('[data-presence]')
const EVERY_MS = 45_000
const FORGOTTEN_MS = 5 * 60_000
if (presence) {
  let touched = Date.now()
  for (const sign of ['keydown', 'pointerdown', 'scroll'])
    document.addEventListener(sign, () => {
      touched = Date.now()
    })
  setInterval(async () => {
    if (document.visibilityState !== 'visible' || Date.now() - touched > FORGOTTEN_MS) return
    const answer = await fetch(presence.dataset.presence, { headers: { 'HX-Request': 'true' } }).catch(() => null)
    if (answer?.ok && !answer.redirected) presence.innerHTML = await answer.text()
  }, EVERY_MS)
}
