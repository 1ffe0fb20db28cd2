/** As much of a CloudFormation template as the tests read. */
export interface CloudTemplate {
  Resources: Readonly<Record<string, CloudResource>>
}

export interface CloudResource {
  Type: string
  DeletionPolicy?: string
  UpdateReplacePolicy?: string
  DependsOn?: readonly string[]
  Properties: Readonly<Record<string, unknown>>
}

export interface Statement {
  Effect: string
  Action: readonly string[]
  Resource: unknown
}

export interface RoleProperties {
  AssumeRolePolicyDocument: { Statement: readonly { Principal: unknown; Action: unknown }[] }
  ManagedPolicyArns?: unknown
  Policies: readonly { PolicyDocument: { Statement: readonly Statement[] } }[]
}

export function resourcesOf(template: CloudTemplate, type: string): [name: string, resource: CloudResource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type)
}

export function resourceNamed(template: CloudTemplate, name: string): CloudResource {
  const resource = template.Resources[name]
  if (resource === undefined) throw new Error(`no resource ${name}`)
  return resource
}

/** The statements of a function's own role. */
export function statementsOf(template: CloudTemplate, roleName: string): readonly Statement[] {
  // The shape is that of AWS::IAM::Role, which the validator has checked.
  const role = resourceNamed(template, roleName).Properties as unknown as RoleProperties
  return role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
}
