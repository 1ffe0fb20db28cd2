import type { Template } from '../../../functions/notices/fan-out/ports'

/** The message templates of the simulated app, as an operator would have chosen them in WeChat's console. */
export const SIMULATED_TEMPLATES: readonly Template[] = [
  {
    key: 'plan',
    templateId: 'SIM-plan-7dK3vQpX0eLrT9sWcY2bN5mZ8aHfJgUoI1t',
    title: '系统维护通知',
    fields: { thing1: 'title', time2: 'window', thing3: 'advice', phrase4: 'state' },
  },
  {
    key: 'recovery',
    templateId: 'SIM-recovery-4xB8nRw2yVzM6qDkE0hPuS3jC7gLaF9',
    title: '服务恢复通知',
    fields: { thing1: 'title', thing2: 'component', time3: 'ends', phrase4: 'state' },
  },
  {
    key: 'check',
    templateId: 'SIM-check-9pT5cXe1oGvN7iYsA4rJmH6zKdW0bQf2uL',
    title: '查验结果通知',
    fields: { thing1: 'title', phrase2: 'state', time3: 'ends' },
  },
]

/** Has the title of another: asked for together, WeChat leaves the later one out. The product does not know it. */
export const TWIN_TEMPLATE: Pick<Template, 'templateId' | 'title' | 'fields'> = {
  templateId: 'SIM-twin-2wE6rT8yU1iO3pA5sD7fG9hJ0kL4zX6cV8b',
  title: '系统维护通知',
  fields: { thing1: 'title' },
}

/** A template of the app; null when it has none of that id. */
export function templateOf(templateId: string) {
  return [...SIMULATED_TEMPLATES, TWIN_TEMPLATE].find(template => template.templateId === templateId) ?? null
}
