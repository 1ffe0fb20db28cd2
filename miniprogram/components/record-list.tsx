import { useRef } from 'react'
import { Tap } from './base/tap'
import type { RecordRow, RowBatch } from './record-row'

/** Height of a row at rest, for groups that were never drawn. */
const ROW_REM = 4.25

interface RecordListProps {
  batch: RowBatch
  label: string
  onOpen(id: string): void
}

/**
 * The history in H5: rows in groups that the browser skips while they are out of sight (`content-visibility`), so that
 * 5,000 rows scroll like 20. In weapp a native list does it: `record-list.weapp.tsx`.
 */
export function RecordList({ batch, label, onOpen }: RecordListProps) {
  const groups = useRef<{ seq: number; rows: RecordRow[] }[]>([])
  const seen = useRef(-1)
  if (batch.seq !== seen.current) {
    seen.current = batch.seq
    const added = { seq: batch.seq, rows: batch.rows }
    groups.current = batch.reset ? [added] : [...groups.current, added]
  }
  return (
    <section className="rows" aria-label={label}>
      {groups.current.map(group => (
        <ul
          key={group.seq}
          className="row-group"
          style={{ containIntrinsicSize: `auto ${group.rows.length * ROW_REM}rem` }}
        >
          {group.rows.map(row => (
            <li key={row.id}>
              <Tap className="row" onTap={() => onOpen(row.id)}>
                <span className="row-main">
                  <span className="row-name">{row.name}</span>
                  <span className="row-sub">{row.sub}</span>
                </span>
                <span className="row-side">
                  <span className="row-amount">{row.amount}</span>
                  <span className={`badge tone-${row.tone}`}>{row.badge}</span>
                </span>
              </Tap>
            </li>
          ))}
        </ul>
      ))}
    </section>
  )
}
