import exparser from 'miniprogram-exparser'
import type { SimulatedNode } from './simulated-node'

/** A node of the rendered page as a person or a screen reader meets it. */
export interface RenderedNode {
  /** Tag of WeChat (`view`, `button`, `input`) or of a native component. */
  tag: string
  classes: string[]
  /** `aria-role`, or what the tag says by itself; null for plain boxes and text. */
  role: string | null
  /** `aria-label` as given; null when there is none. */
  ariaLabel: string | null
  /** What a screen reader reads: the label, else the text inside. */
  label: string
  text: string
  /** By the names of WXML: `aria-label`, `hover-class`. */
  attributes: Record<string, unknown>
  /** Types of the events that the template binds. */
  events: string[]
  children: (RenderedNode | string)[]
  node: SimulatedNode
}

/** Tags of WeChat that a screen reader knows without a role. */
const ROLES: Record<string, string> = {
  button: 'button',
  input: 'textbox',
  textarea: 'textbox',
  switch: 'switch',
  checkbox: 'checkbox',
  radio: 'radio',
  slider: 'slider',
  picker: 'button',
  navigator: 'link',
}

/** The program's class for what takes no part in the page (`display: none`); style sheets have no effect in this host. */
const GONE = 'gone'

/** The composed tree below a component, components and slots resolved. */
export function renderedTree(root: SimulatedNode): RenderedNode {
  const children = composedChildren(root).flatMap(read)
  return node(root, 'page', {}, [], children)
}

function read(source: SimulatedNode): (RenderedNode | string)[] {
  if (!source.childNodes) return source.textContent ? [source.textContent] : []
  const children = composedChildren(source).flatMap(read)
  if (source.__virtual || !source._vt || !source.$$) return children
  const attributes: Record<string, unknown> = {}
  for (const { name, value } of source._vt.attrs) attributes[kebab(name)] = value
  if (classesOf(attributes).includes(GONE)) return []
  const events = Object.values(source._vt.event).map(event => event.name)
  return [node(source, tagOf(source), attributes, events, children)]
}

function composedChildren(source: SimulatedNode): SimulatedNode[] {
  return (source.shadowRoot ?? source).__wxSlotChildren ?? []
}

function classesOf(attributes: Record<string, unknown>): string[] {
  return String(attributes.class ?? '')
    .split(/\s+/)
    .filter(Boolean)
}

/** The template compiler writes attribute names in camel case. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

/** The element behind a component carries its tag: `wx-view`; a native component carries its own name. */
function tagOf(source: SimulatedNode): string {
  return (source.$$?.tagName ?? '').toLowerCase().replace(/^wx-/, '')
}

function node(
  source: SimulatedNode,
  tag: string,
  attributes: Record<string, unknown>,
  events: string[],
  children: (RenderedNode | string)[],
): RenderedNode {
  const text = children.map(child => (typeof child === 'string' ? child : child.text)).join('')
  const given = attributes['aria-label']
  const ariaLabel = typeof given === 'string' && given !== '' ? given : null
  const role = typeof attributes['aria-role'] === 'string' && attributes['aria-role'] ? attributes['aria-role'] : null
  return {
    tag,
    classes: classesOf(attributes),
    role: role ?? ROLES[tag] ?? null,
    ariaLabel,
    label: ariaLabel ?? text.trim(),
    text,
    attributes,
    events,
    children,
    node: source,
  }
}

/** Every node of the tree, parents first. */
export function flatten(tree: RenderedNode): RenderedNode[] {
  return [tree, ...tree.children.flatMap(child => (typeof child === 'string' ? [] : flatten(child)))]
}

/** Sends an event from a node upward, as a finger on the glass does. */
export function dispatch(target: SimulatedNode, type: string, detail: object, bubbles: boolean): void {
  const event = exparser.Event.create(type, detail, { bubbles, composed: bubbles, capturePhase: true })
  exparser.Event.dispatchEvent(target, event)
}
