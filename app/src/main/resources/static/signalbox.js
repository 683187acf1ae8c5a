// A module: what neither pages nor htmx do by themselves. Without it every page still works.

const root = document.documentElement
const on = (name, act, capture) => document.addEventListener(name, act, capture)
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null

// Tells those who do not see the page what has just happened on it.
const news = document.createElement('p')
news.className = 'vh'
news.role = 'status'
document.body.append(news)
const say = text => { news.textContent = text }

// Copying: data-copy takes what is beside the button, data-copy="id" what has that id.
function wanted(button) {
  const box = document.getElementById(button.dataset.copy) ?? button.closest('.cmd, dd, td, li, .row')
  const lines = all('.line', box)
  if (lines.length) return lines.map(line => line.textContent).join('\n')
  const text = box.querySelector('code, a, input, textarea') ?? box
  return text.value ?? text.textContent.trim()
}

// Browsers hand out the clipboard over HTTPS only, and the panel begins without.
async function copy(text, button) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  button.after(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  button.focus()
  if (!copied) throw new Error('not copied')
}

on('click', event => {
  const button = closest(event, '[data-copy]')
  if (!button) return
  copy(wanted(button), button).then(() => {
    const picture = button.querySelector('use')
    picture?.setAttribute('href', picture.getAttribute('href').replace('#i-copy', '#i-check'))
    say('Copied')
  }, () => say('Not copied. Select the text and copy it yourself.'))
})

// Menus close when something else is pressed, and with Escape, which goes back to what opened them.
const openMenus = () => all('details.menu[open]')

on('click', event => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})
on('keydown', event => {
  if (event.key !== 'Escape') return
  for (const menu of openMenus()) {
    event.preventDefault()
    menu.open = false
    menu.querySelector('summary').focus()
  }
})

// The theme changes at once and is kept meanwhile.
on('submit', event => {
  const button = event.submitter
  if (button?.name !== 'theme') return
  event.preventDefault()
  if (button.value === 'system') delete root.dataset.theme
  else root.dataset.theme = button.value
  for (const each of button.parentElement.children) each.setAttribute('aria-pressed', each === button)
  const body = new URLSearchParams(new FormData(event.target, button))
  fetch(event.target.action, { method: 'POST', body, redirect: 'manual' })
      .catch(() => say('The theme could not be kept.'))
})

// A form that is on its way is not sent again.
function depart(form, button) {
  form.dataset.busy = ''
  button?.setAttribute('aria-busy', 'true')
}

function arrive(form) {
  delete form.dataset.busy
  for (const button of form.elements) button.removeAttribute('aria-busy')
}

on('submit', event => {
  if (event.target.dataset.busy === undefined) return
  event.preventDefault()
  event.stopImmediatePropagation()
}, true)
on('submit', event => {
  if (!event.defaultPrevented && event.target.method === 'post') depart(event.target, event.submitter)
})
on('htmx:beforeRequest', ({ detail }) => {
  if (detail.elt.matches('form')) depart(detail.elt, detail.requestConfig.triggeringEvent?.submitter)
})
on('htmx:afterRequest', ({ detail }) => {
  if (detail.elt.matches('form')) arrive(detail.elt)
})
// What is asked for the password first becomes a page, which can ask.
on('htmx:responseError', ({ detail }) => {
  if (detail.xhr.status === 403 && detail.elt.matches('form')) detail.elt.submit()
})
addEventListener('pageshow', event => {
  if (event.persisted) all('form[data-busy]').forEach(arrive)
})

// A link with data-dialog shows the main part of its page over this one; a link to a dialog of this page opens it.
async function show(link) {
  const answer = await fetch(link.href)
  const main = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
  if (answer.redirected || !main) return location.assign(link.href)
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.append(...main.childNodes)
  dialog.ariaLabel = dialog.querySelector('h1')?.textContent
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  window.htmx?.process(dialog)
  dialog.showModal()
}

on('click', event => {
  const link = closest(event, '[data-dialog], [data-close], [href^="#"]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  const here = link.hash ? document.getElementById(link.hash.slice(1)) : null
  const around = link.closest('dialog[open]')
  if (link.dataset.close !== undefined && around) around.close()
  else if (link.dataset.dialog !== undefined) show(link).catch(() => location.assign(link.href))
  else if (here instanceof HTMLDialogElement) here.showModal()
  else return
  event.preventDefault()
  for (const menu of openMenus()) menu.open = false
})

// Times go on: "52 s ago", or what data-ago says for "ago".
setInterval(() => {
  for (const time of document.hidden ? [] : all('time[data-ago]')) {
    const seconds = Math.max(0, (Date.now() - Date.parse(time.dateTime)) / 1000)
    const [size, unit] = seconds < 60 ? [1, 's'] : seconds < 3600 ? [60, 'min'] : [3600, 'h']
    const text = `${Math.floor(seconds / size)} ${unit} ${time.dataset.ago || 'ago'}`
    if (seconds < 86400 && time.textContent !== text) time.textContent = text
  }
}, 1000)

// Parts that wait for a ping of the server fetch themselves.
function ping(within) {
  for (const part of [within, ...all('[hx-trigger*="sse:ping"]', within)]) window.htmx?.trigger(part, 'sse:ping')
}

// A ping that comes while a part is on its way is for the part that takes its place.
const late = new Set()

on('sse:ping', ({ target }) => { if (target.matches('.htmx-request')) late.add(target.id) }, true)
on('htmx:load', ({ target }) => { if (late.delete(target.id)) window.htmx.trigger(target, 'sse:ping') })

// A stream that broke off, or that waited while nobody saw the page, may have missed pings, and goes on after the last
// line that came.
const lastLines = new Map()

on('htmx:sseOpen', event => {
  if (event.target.dataset.opened || event.detail.source.waited) ping(event.target)
  event.target.dataset.opened = 'before'
})
// Browsers open no more than six connections to one place over plain HTTP: a page that nobody sees gives its own back.
class Stream {
  heard = []

  constructor(path) {
    this.path = path
    document.addEventListener('visibilitychange', this)
    this.addEventListener('line', event => lastLines.set(path, event.lastEventId))
    this.handleEvent()
  }

  get readyState() { return this.source?.readyState ?? EventSource.CONNECTING }

  handleEvent() {
    if (!document.hidden) return this.source || this.open()
    this.source?.close()
    this.source = null
    this.waited = true
  }

  open() {
    const url = new URL(this.path, location)
    if (lastLines.has(this.path)) url.searchParams.set('after', lastLines.get(this.path))
    this.source = new EventSource(url)
    this.source.addEventListener('open', event => this.onopen(event))
    this.source.addEventListener('error', event => {
      if (this.readyState === EventSource.CLOSED) this.close()
      this.onerror(event)
    })
    for (const [name, act] of this.heard) this.source.addEventListener(name, act)
  }

  addEventListener(name, act) {
    this.heard.push([name, act])
    this.source?.addEventListener(name, act)
  }

  removeEventListener(name, act) {
    this.heard = this.heard.filter(each => each[1] !== act)
    this.source?.removeEventListener(name, act)
  }

  close() {
    document.removeEventListener('visibilitychange', this)
    this.source?.close()
  }
}
if (window.htmx) htmx.createEventSource = path => new Stream(path)

// Logs. A .tail shows its end, because its column is reversed; here it can be held, and stays within bounds.
const MOST_LINES = 5000

function gap(count, words) {
  const line = document.createElement('li')
  line.className = 'gap'
  line.dataset.lines = count
  line.textContent = count.toLocaleString('en') + words
  return line
}

function follow(tail) {
  const list = tail.querySelector('.log')
  const panel = tail.closest('.panel')
  tail.dataset.watched = ''
  let following = true
  let height = tail.scrollHeight
  let missed = 0

  function tell(state) {
    following = state
    for (const text of all('[data-paused]', panel)) {
      text.textContent = following ? text.dataset.following : text.dataset.paused
    }
    for (const box of all('input[data-follow]', panel)) box.checked = following
    if (following && missed) list.append(gap(missed, ' lines came while you did not follow'))
    if (following) missed = 0
  }

  function trim() {
    const over = list.children.length - MOST_LINES
    if (over <= 0) return
    const gone = [...list.children].slice(0, over + 1)
    const count = gone.reduce((sum, line) => sum + Number(line.dataset.lines ?? 1), 0)
    for (const line of gone) line.remove()
    list.prepend(gap(count, ' earlier lines are not shown here'))
  }

  new MutationObserver(() => {
    if (following) trim()
    else tail.scrollTop -= tail.scrollHeight - height
    height = tail.scrollHeight
  }).observe(list, { childList: true })
  // Nothing may move under the eyes of who reads: what is too much then is only counted.
  tail.addEventListener('htmx:sseBeforeMessage', event => {
    if (following || list.children.length < MOST_LINES) return
    event.preventDefault()
    missed += event.detail.data.split('<li').length - 1
  })
  tail.addEventListener('scroll', () => tell(tail.scrollTop > -8))
  panel.addEventListener('click', event => {
    const wrap = closest(event, '[data-wrap]')
    if (wrap) wrap.setAttribute('aria-pressed', !list.classList.toggle('nowrap'))
    if (!closest(event, '[data-follow]')) return
    tell(!following)
    if (following) tail.scrollTop = 0
  })
  tell(true)
}
const followAll = () => all('.tail:not([data-watched])').forEach(follow)
followAll()
on('htmx:load', followAll)

// Keys: data-key="g d" on what they press or focus. They are off in fields, and for who wants none.
let typed = ''
let last = 0

function step(row, by) {
  const rows = all('[data-row]')
  const next = rows[row ? rows.indexOf(row) + by : 0]
  const target = next?.matches('a') ? next : next?.querySelector('a, button')
  target?.focus()
}

const keys = {
  j: row => step(row, 1),
  k: row => step(row, -1),
  c: row => (row ?? document).querySelector('[data-copy]')?.click(),
  '.': row => row?.querySelector('summary')?.click()
}

on('keydown', event => {
  if (root.dataset.keys === 'off' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (closest(event, 'input, textarea, select, [contenteditable]') || document.querySelector('dialog[open]')) return
  typed = typed && event.timeStamp - last < 1000 ? typed + ' ' + event.key : event.key
  last = event.timeStamp
  const target = document.querySelector([typed, event.key].map(key => `[data-key="${CSS.escape(key)}"]`).join())
  if (!target && !keys[event.key]) return
  event.preventDefault()
  typed = ''
  if (!target) return keys[event.key](closest(event, '[data-row]'))
  if (target.matches('input:not(.switch), summary')) target.focus()
  if (!target.matches('input:not(.switch)')) target.click()
})
