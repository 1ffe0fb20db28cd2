/** One attribute of a node as the compiled template gave it. */
export interface TemplateAttribute {
  name: string
  value: unknown
}

/** A node of WeChat's component framework (exparser), as far as the harness reads it. */
export interface SimulatedNode {
  /** DOM element behind the node; virtual nodes have none. */
  $$?: HTMLElement
  textContent?: string
  __virtual?: boolean
  /** Children in the composed tree: a component's shadow content, a slot's filling. */
  __wxSlotChildren?: SimulatedNode[]
  _vt?: {
    tagName?: string
    componentId?: string
    attrs: TemplateAttribute[]
    event: Record<string, { name: string; handler: string }>
  }
  shadowRoot?: SimulatedNode
  /** Absent on text. */
  childNodes?: SimulatedNode[]
}

/** What a page or component instance offers to the logic layer. */
export interface LogicInstance {
  route: string
  __route__: string
  options: Record<string, string>
  data: Record<string, unknown>
  setData(data: Record<string, unknown>, done?: () => void): void
  [member: string]: unknown
}

/** What `simulate.render` gives back. */
export interface SimulatedComponent {
  dom: HTMLElement
  instance: LogicInstance
  _exparserNode: SimulatedNode
  attach(parent: HTMLElement): void
  detach(): void
}
