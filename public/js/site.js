// Pages work without this file; it only lets the style sheet know that a script runs, and shows failures as whole pages.
document.documentElement.classList.add('js')

// A live update that failed becomes an ordinary visit to the same address, where the reader is told what happened. A list tells it itself.
for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.elt.matches('[data-live]')) return
    if (detail.requestConfig.verb === 'get') window.location.assign(detail.pathInfo.finalRequestPath)
  })
}

// A live update draws the filters anew; those the reader has opened or closed stay so.
document.addEventListener('htmx:oobBeforeSwap', ({ detail }) => {
  for (const { id, open } of detail.target.querySelectorAll('details[id]')) {
    const anew = detail.fragment.querySelector(`details[id="${id}"]`)
    if (anew) anew.open = open
  }
})

// After a form with errors the reader starts at their list.
document.querySelector('.error-summary')?.focus()

// A button that copies a field's text, or a list's, is offered where the browser can do it.
for (const button of navigator.clipboard ? document.querySelectorAll('[data-copies]') : []) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copies)
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim())
    button.textContent = button.dataset.done
  })
}

for (const button of document.querySelectorAll('[data-prints]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// A password can be looked at while it is typed; before it is sent it is covered again, so that browsers keep it as one.
for (const button of document.querySelectorAll('[data-reveals]')) {
  const field = document.getElementById(button.dataset.reveals)
  const show = (shown) => {
    field.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
  }
  button.hidden = false
  button.addEventListener('click', () => show(field.type === 'password'))
  field.form.addEventListener('submit', () => show(false))
}
