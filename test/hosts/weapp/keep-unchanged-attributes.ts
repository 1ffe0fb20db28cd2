import render from 'j-component/src/render/render'
import type { SimulatedNode, TemplateAttribute } from './simulated-node'

let patched = false

/**
 * j-component sends every object-valued attribute to child components on each update of the parent, because it compares
 * deep copies by reference. WeChat sends it only when the bound data changed; without this a child falls back to old data.
 */
export function keepUnchangedAttributes(): void {
  if (patched) return
  patched = true
  const original = render.updateAttrs
  render.updateAttrs = (node, attributes) =>
    original(
      node,
      attributes.filter(attribute => changed(node, attribute)),
    )
}

function changed(node: SimulatedNode, { name, value }: TemplateAttribute): boolean {
  if (value === null || typeof value !== 'object') return true
  const old = node._vt?.attrs.find(attribute => attribute.name === name)
  return !old || JSON.stringify(old.value) !== JSON.stringify(value)
}
