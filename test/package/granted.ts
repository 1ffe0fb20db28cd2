import { type CloudTemplate, statementsOf } from './cloud-template'

/** Whether the role of a function lets it do something to a resource, named by its logical id or its parameter's path. */
export function mayCall(template: CloudTemplate, name: string, action: string, resource: string): boolean {
  return statementsOf(template, `${name[0]?.toUpperCase()}${name.slice(1)}Role`).some(({ Action, Resource }) => {
    const all: unknown[] = Array.isArray(Resource) ? Resource : [Resource]
    return Action.includes(action) && all.some(one => names(one, resource))
  })
}

function names(granted: unknown, resource: string): boolean {
  const { 'Fn::GetAtt': attribute, 'Fn::Sub': pattern } = Object(granted)
  return Array.isArray(attribute) ? attribute[0] === resource : String(pattern).endsWith(`:parameter${resource}`)
}
