import { Box } from './base/box'

/** Places on the face of an invoice. */
export type PaperSpot = 'check_code' | 'row_total' | 'grand_total' | 'seller'

/** A small drawing of an invoice with one place marked: where to read the figure that is asked for. */
export function PaperMap({ spot, label }: { spot: PaperSpot; label: string }) {
  return (
    <Box className={`paper-map spot-${spot}`} role="img" label={label}>
      <Box className="paper-qr" hidden />
      <Box className="paper-title" hidden />
      <Box className="paper-head" hidden />
      <Box className="paper-grid" hidden />
      <Box className="paper-sums" hidden />
      <Box className="paper-spot" hidden />
    </Box>
  )
}
