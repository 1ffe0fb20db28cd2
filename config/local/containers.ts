/**
 * A function as Lambda runs it: each call has an instance to itself, idle ones are used again, and one that failed or never
 * answered is not. Calls that share an instance would stop each other: whatever one began for both is frozen with its answer.
 */
export function containers<Event, Answer>(
  make: () => (event: Event) => Promise<Answer>,
): (event: Event) => Promise<Answer> {
  const idle: ((event: Event) => Promise<Answer>)[] = []
  return async event => {
    const serve = idle.pop() ?? make()
    const answer = await serve(event)
    idle.push(serve)
    return answer
  }
}
