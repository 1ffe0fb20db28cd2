import { SourcesSetting } from '../../functions/platform/sources-env'

const FEED = { name: '榆港', url: 'https://notices.example/feed', kind: 'rss' }
const read = (setting: unknown) =>
  SourcesSetting.safeParse(typeof setting === 'string' ? setting : JSON.stringify(setting))

describe('the setting of the sources', () => {
  it('is a list of feeds and of pages with selectors', () => {
    const list = {
      name: '清河',
      url: 'https://list.example/',
      kind: 'html',
      selectors: { item: 'li' },
      region: '33',
      confidence: 'confirmed',
    }
    expect(read([FEED, list])).toMatchObject({ success: true, data: [{ ...FEED, confidence: 'reported' }, list] })
    expect(read('[]')).toMatchObject({ success: true, data: [] })
  })

  it('may name a source on this machine, for the local stack', () => {
    expect(read([{ ...FEED, url: 'http://127.0.0.1:5174/feed' }]).success).toBe(true)
  })

  it.each([
    ['no JSON', 'feeds'],
    ['no list', FEED],
    ['a source over plain HTTP', [{ ...FEED, url: 'http://notices.example/' }]],
    ['a page without selectors', [{ ...FEED, kind: 'html' }]],
    ['a feed with selectors', [{ ...FEED, selectors: { item: 'li' } }]],
    ['two sources of one name', [FEED, FEED]],
    ['a region that is none', [{ ...FEED, region: '330' }]],
    ['a component that is none', [{ ...FEED, components: ['weather'] }]],
    ['a word that nobody knows', [{ ...FEED, colour: 'red' }]],
  ])('is refused with %s', (_, setting) => {
    expect(read(setting).success).toBe(false)
  })
})
