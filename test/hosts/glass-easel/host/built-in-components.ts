import type { ComponentSpace } from 'glass-easel'

const BOXES =
  `view text button scroll-view icon form label swiper swiper-item checkbox checkbox-group radio radio-group slider
progress picker-view picker-view-column navigator rich-text canvas map video cover-view cover-image movable-area
movable-view web-view root-portal page-container match-media navigation-bar`.split(/\s+/)

const ARIA = {
  ariaRole: 'role',
  ariaLabel: 'aria-label',
  ariaLive: 'aria-live',
  ariaHidden: 'aria-hidden',
  ariaChecked: 'aria-checked',
}

interface Instance {
  data: Record<string, unknown>
  getBackendElement(): unknown
  triggerEvent(name: string, detail: unknown, options: { bubbles: boolean }): void
}

/** Registers WeChat's built-in tags on plain elements: boxes for most, true controls where a person types or picks. */
export function registerBuiltIns(space: ComponentSpace): void {
  const template = (name: string) => ({ groupList: window.weappTemplates, content: window.weappTemplates[name] })
  const register = (tag: string, content: string, properties: string[], attach: (me: Instance) => () => void) => {
    let definition = space
      .define(`built-in/${tag}`)
      .options({ virtualHost: false, hostNodeTagName: `wx-${tag}` })
      .template(template(content) as never)
    const names = [...Object.keys(ARIA), ...properties]
    for (const name of names) definition = definition.property(name, null as never) as typeof definition
    const registered = definition
      .init(function (this: unknown, { lifetime, observer }: never) {
        const me = this as Instance
        let update = () => {}
        let attached = false
        const changed = () => {
          if (!attached) return
          describe(me)
          update()
        }
        ;(lifetime as (name: string, run: () => void) => void)('attached', () => {
          update = attach(me)
          attached = true
          changed()
        })
        ;(observer as (names: string[], run: () => void) => void)(names, changed)
      } as never)
      .registerComponent()
    space.setGlobalUsingComponent(`wx-${tag}`, registered as never)
  }
  for (const tag of BOXES) register(tag, 'built-in/slot', ['disabled', 'src'], me => box(me, tag))
  register('image', 'built-in/none', ['src', 'mode'], image)
  register('input', 'built-in/none', ['value', 'placeholder', 'disabled', 'type', 'password', 'maxlength'], me =>
    field(me, 'input'),
  )
  register('textarea', 'built-in/none', ['value', 'placeholder', 'disabled', 'maxlength'], me => field(me, 'textarea'))
  register('switch', 'built-in/none', ['checked', 'disabled'], toggle)
  register('picker', 'built-in/slot', ['mode', 'value', 'start', 'end', 'disabled'], picker)
  register('page-meta', 'built-in/slot', ['rootFontSize', 'pageStyle', 'rootBackgroundColor'], pageMeta)
}

const element = (me: Instance) => me.getBackendElement() as HTMLElement
const words = (value: unknown) => (value === undefined || value === null ? '' : String(value))

/** WeChat's aria-role is the role; both end on the element that a screen reader meets. */
function describe(me: Instance): void {
  const target = element(me)?.querySelector?.(':scope > input, :scope > textarea') ?? element(me)
  for (const [property, attribute] of Object.entries(ARIA)) {
    const value = words(me.data[property])
    if (value) target?.setAttribute(attribute, value)
    else target?.removeAttribute(attribute)
  }
}

function box(me: Instance, tag: string): () => void {
  const host = element(me)
  if (tag === 'button') {
    host.tabIndex = 0
    if (!host.hasAttribute('role')) host.setAttribute('role', 'button')
  }
  return () => {
    if (tag === 'button' && !me.data.ariaRole) host.setAttribute('role', 'button')
    if (me.data.disabled) host.setAttribute('disabled', '')
    else host.removeAttribute('disabled')
  }
}

function image(me: Instance): () => void {
  const picture = document.createElement('img')
  picture.alt = ''
  element(me).append(picture)
  return () => {
    if (me.data.src) picture.src = words(me.data.src)
  }
}

function field(me: Instance, tag: 'input' | 'textarea'): () => void {
  const input = document.createElement(tag)
  element(me).append(input)
  const detail = () => ({ value: input.value, cursor: input.value.length })
  const tell = (name: string) => me.triggerEvent(name, detail(), { bubbles: false })
  input.addEventListener('input', event => {
    event.stopPropagation()
    tell('input')
  })
  input.addEventListener('focus', () => tell('focus'))
  input.addEventListener('blur', () => tell('blur'))
  input.addEventListener('keydown', event => {
    if ((event as KeyboardEvent).key === 'Enter' && tag === 'input') tell('confirm')
  })
  return () => {
    const value = words(me.data.value)
    if (input.value !== value) input.value = value
    input.placeholder = words(me.data.placeholder)
    input.disabled = Boolean(me.data.disabled)
    const most = Number(me.data.maxlength)
    if (most > 0) input.maxLength = most
  }
}

function toggle(me: Instance): () => void {
  const input = document.createElement('input')
  input.type = 'checkbox'
  input.setAttribute('role', 'switch')
  element(me).append(input)
  input.addEventListener('change', event => {
    event.stopPropagation()
    me.triggerEvent('change', { value: input.checked }, { bubbles: false })
  })
  return () => {
    input.checked = Boolean(me.data.checked)
    input.disabled = Boolean(me.data.disabled)
  }
}

/** A date picker by the browser's own; other modes stay boxes. */
function picker(me: Instance): () => void {
  const input = document.createElement('input')
  element(me).append(input)
  input.addEventListener('change', event => {
    event.stopPropagation()
    me.triggerEvent('change', { value: input.value }, { bubbles: false })
  })
  return () => {
    input.type = me.data.mode === 'date' ? 'date' : 'text'
    input.value = words(me.data.value)
    input.min = words(me.data.start)
    input.max = words(me.data.end)
  }
}

function pageMeta(me: Instance): () => void {
  return () => {
    if (me.data.rootFontSize) document.documentElement.style.fontSize = words(me.data.rootFontSize)
    if (me.data.pageStyle) document.body.setAttribute('style', words(me.data.pageStyle))
  }
}
