import type { FunctionName } from './packaged-stack'

const capital = (name: FunctionName) => `${name[0]?.toUpperCase()}${name.slice(1)}`

/** Logical ids of what the template holds of a function. */
export const lambdaOf = (name: FunctionName) => `${capital(name)}LambdaFunction`
export const roleOf = (name: FunctionName) => `${capital(name)}Role`
export const logGroupOf = (name: FunctionName) => `${capital(name)}LogGroup`
