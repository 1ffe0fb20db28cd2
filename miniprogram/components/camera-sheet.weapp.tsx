export function CameraSheet(_props: object) {
  return null
}
