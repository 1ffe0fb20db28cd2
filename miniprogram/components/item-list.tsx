import type { InvoiceItem } from '@shared/contract/verification'
import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { groupAmount } from '@shared/invoice/digit-groups'
import { useState } from 'react'
import { Box } from './base/box'
import { Tap } from './base/tap'

const FIRST = 3

/** The invoice's lines: the first three at once, the rest on demand. */
export function ItemList({ items, leftOut, copy }: { items: readonly InvoiceItem[]; leftOut: number; copy: PageCopy }) {
  const [all, setAll] = useState(false)
  const words = copy.ui.result
  const shown = all ? items : items.slice(0, FIRST)
  return (
    <Box className={items.length ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {words.items}
      </Box>
      <Box className={leftOut > 0 ? 'card-note' : 'gone'}>
        {leftOut > 0 ? fill(words.itemsLeftOut, { n: leftOut }) : ''}
      </Box>
      {shown.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of an invoice never move, and equal lines are common.
        <Box key={index} className="fact">
          <Box className="fact-label item-name">
            {item.name}
            {item.spec ? <Box className="fact-more">{item.spec}</Box> : null}
          </Box>
          <Box className="fact-value">
            <Box className="fact-main money">
              {item.amountWithoutTax ? `¥${groupAmount(item.amountWithoutTax)}` : ''}
            </Box>
            <Box className="fact-more">
              {[item.quantity && `${item.quantity}${item.unit}`, item.taxRate].filter(part => part).join(' · ')}
            </Box>
          </Box>
        </Box>
      ))}
      {items.length > shown.length ? (
        <Tap className="link" onTap={() => setAll(true)}>
          {fill(words.itemsMore, { n: items.length })}
        </Tap>
      ) : null}
    </Box>
  )
}
