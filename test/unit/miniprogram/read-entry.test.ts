import { type EntryOptions, readEntry } from '../../../miniprogram/platform/read-entry'

const QR = '01,32,,26112000000000000002,226.00,20260315,,48AD'
const id = 'vrf_0123456789abcdefghjkmnpq'

const table: [string, EntryOptions, ReturnType<typeof readEntry>][] = [
  ['nothing', {}, { kind: 'none' }],
  ['a plain opening', { path: 'pages/check/index', query: {}, scene: 1001 }, { kind: 'none' }],
  ['a text in the query', { query: { text: encodeURIComponent(QR) } }, { kind: 'text', text: QR }],
  ['a text that was decoded already', { query: { text: '100% 01,32' } }, { kind: 'text', text: '100% 01,32' }],
  [
    'a plain link opened in WeChat',
    { query: { q: encodeURIComponent('https://example.cn/s/abc?x=1') }, scene: 1011 },
    { kind: 'text', text: 'https://example.cn/s/abc?x=1' },
  ],
  [
    'a mini-program code of a record',
    { query: { scene: encodeURIComponent(id) }, scene: 1047 },
    { kind: 'record', id },
  ],
  ['a code that is none of ours', { query: { scene: '../../etc' }, scene: 1047 }, { kind: 'none' }],
  [
    'a chat file opened with us, by its name',
    {
      scene: 1173,
      forwardMaterials: [{ type: 'application/pdf', name: 'dzfp_26112000000000000002_x_20260315101010.pdf' }],
    },
    { kind: 'text', text: 'dzfp_26112000000000000002_x_20260315101010.pdf' },
  ],
  ['a chat file without a name', { scene: 1173, forwardMaterials: [{ path: 'wxfile://tmp' }] }, { kind: 'none' }],
]

it.each(table)('reads %s', (_name, options, entry) => {
  expect(readEntry(options)).toEqual(entry)
})

it('takes no more than a QR text can hold', () => {
  const entry = readEntry({ query: { text: '1'.repeat(100_000) } })
  expect(entry.kind === 'text' && entry.text.length).toBe(4096)
})
