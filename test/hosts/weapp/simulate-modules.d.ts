/** The untyped parts of miniprogram-simulate that the harness drives. */
declare module 'miniprogram-simulate' {
  import type { SimulatedComponent } from './simulated-node'

  const simulate: {
    load(file: string, tagName: string, options: { rootPath: string; compiler: 'official' }): string
    render(id: string): SimulatedComponent
  }
  export default simulate
}

declare module 'miniprogram-simulate/src/utils' {
  const simulateFiles: { runJs: (file: string) => void }
  export default simulateFiles
}

declare module 'j-component/src/render/render' {
  import type { SimulatedNode, TemplateAttribute } from './simulated-node'

  const render: { updateAttrs: (node: SimulatedNode, attributes: TemplateAttribute[]) => void }
  export default render
}

declare module 'miniprogram-exparser' {
  import type { SimulatedNode } from './simulated-node'

  const exparser: {
    Component: { hasPublicProperty(node: SimulatedNode, name: string): boolean }
    Event: {
      create(type: string, detail: object, options: object): object
      dispatchEvent(node: SimulatedNode, event: object): void
    }
  }
  export default exparser
}
