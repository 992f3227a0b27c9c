// Suggestions while somebody types: a combobox with a listbox, as the ARIA Authoring Practices describe it. Without this file the
// field is a plain one, and its form does all that there is to do.
const WAIT_MS = 150
/** What was suggested for fewer letters is taken away when nothing newer has come by then. */
const STALE_MS = 500
const LEAST_LETTERS = 2
/** Between the list and the end of what can be seen, above a phone's keyboard say. */
const MARGIN_PX = 8
/** With less room the page is moved up, as far as the field stays in sight. */
const LEAST_HEIGHT_PX = 280

for (const input of document.querySelectorAll('[data-suggests]')) combobox(input)

function combobox(input) {
  const status = document.createElement('p')
  status.className = 'sr'
  status.setAttribute('role', 'status')
  // There before it has something to say, as readers of screens need it, and only for whoever uses the field.
  const listen = () => input.parentElement.append(status)
  if (document.activeElement === input) listen()
  else input.addEventListener('focus', listen, { once: true })
  const list = document.createElement('div')
  list.id = `${input.id}-suggestions`
  list.className = 'suggestions'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.dataset.listLabel)
  // Behind the button in the order of the page, so that nothing comes between the field and it.
  input.parentElement.append(list)
  for (const [name, value] of [
    ['role', 'combobox'],
    ['autocomplete', 'off'],
    ['aria-autocomplete', 'list'],
    ['aria-haspopup', 'listbox'],
    ['aria-expanded', 'false'],
    ['aria-controls', list.id],
  ])
    input.setAttribute(name, value)

  let timer
  let stale
  let asking
  let active = null

  const options = () => [...list.querySelectorAll('[role="option"]')]

  function choose(option) {
    active?.setAttribute('aria-selected', 'false')
    active = option ?? null
    if (!active) {
      input.removeAttribute('aria-activedescendant')
      return
    }
    active.setAttribute('aria-selected', 'true')
    input.setAttribute('aria-activedescendant', active.id)
    active.scrollIntoView({ block: 'nearest' })
  }

  function open() {
    const seen = window.visualViewport ?? { height: window.innerHeight, offsetTop: 0 }
    const roomBelow = () => seen.height + seen.offsetTop - input.getBoundingClientRect().bottom - MARGIN_PX
    const wasHidden = list.hidden
    list.hidden = false
    list.scrollTop = 0
    if (wasHidden && roomBelow() < LEAST_HEIGHT_PX) {
      const above = input.getBoundingClientRect().top - seen.offsetTop - MARGIN_PX
      window.scrollBy({ top: Math.min(LEAST_HEIGHT_PX - roomBelow(), Math.max(0, above)), behavior: 'instant' })
    }
    list.style.maxHeight = `${Math.max(roomBelow(), LEAST_HEIGHT_PX)}px`
    input.setAttribute('aria-expanded', 'true')
  }

  function close() {
    clearTimeout(timer)
    clearTimeout(stale)
    asking?.abort()
    choose(null)
    list.hidden = true
    status.textContent = ''
    input.setAttribute('aria-expanded', 'false')
  }

  async function ask() {
    const typed = input.value.trim()
    if (typed.length < LEAST_LETTERS) return close()
    asking?.abort()
    const mine = new AbortController()
    asking = mine
    const address = new URL(input.dataset.suggests, document.baseURI)
    address.searchParams.set('q', typed)
    try {
      const answer = await fetch(address, { headers: { 'HX-Request': 'true' }, signal: mine.signal })
      const html = answer.ok && !answer.redirected ? await answer.text() : ''
      // The answer to other letters, or to somebody who has gone on.
      if (mine.signal.aborted || input.value.trim() !== typed || document.activeElement !== input) return
      clearTimeout(stale)
      const chosen = active?.href
      choose(null)
      list.innerHTML = html
      const suggested = list.firstElementChild
      if (!suggested || options().length === 0) return close()
      open()
      // Whoever has gone to one of them already stays there.
      if (chosen) choose(options().find(({ href }) => href === chosen))
      status.textContent = suggested.dataset.status
    } catch {
      // Suggestions are a courtesy: without an answer there are none, and the form still searches.
      if (asking === mine) close()
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    clearTimeout(stale)
    choose(null)
    timer = setTimeout(ask, WAIT_MS)
    stale = setTimeout(() => {
      list.hidden = true
      input.setAttribute('aria-expanded', 'false')
    }, STALE_MS)
  })

  const move = (step) => {
    const all = options()
    const at = all.indexOf(active)
    // From the field to the first or last, and past the ends back to the field.
    const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step
    choose(all[to])
  }

  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => active && choose(options()[0]),
    End: () => active && choose(options().at(-1)),
    Escape: close,
    Enter: () => active?.click(),
  }
  /** Keys that are the field's own while nothing in the list is chosen. */
  const NEED_CHOICE = ['Home', 'End', 'Enter']

  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (list.hidden) {
      if (event.key === 'ArrowDown') {
        event.preventDefault()
        void ask()
      } else if (event.key === 'Enter') close()
      return
    }
    const act = KEYS[event.key]
    if (!act) return
    if (NEED_CHOICE.includes(event.key) && !active) {
      if (event.key === 'Enter') close()
      return
    }
    event.preventDefault()
    act()
  })

  // The field keeps the focus while a finger or the mouse chooses.
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]')
    if (!option) return
    close()
    if (option.dataset.searches === undefined) return
    event.preventDefault()
    input.form.requestSubmit()
  })
  input.addEventListener('blur', close)
  input.form.addEventListener('submit', close)
}
