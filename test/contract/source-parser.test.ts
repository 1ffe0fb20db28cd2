import type { Source } from '../../functions/notices/sources/ports'
import { dayOfText } from '../../functions/platform/source-date'
import { sourceParser } from '../../functions/platform/source-parser'

const source = (kind: Source['kind'], selectors?: Source['selectors']): Source => ({
  name: '榆港发票服务中心',
  url: 'https://notices.example/list/index.html',
  kind,
  confidence: 'confirmed',
  ...(selectors && { selectors }),
})

function itemsOf(kind: Source['kind'], text: string, selectors?: Source['selectors']) {
  const read = sourceParser.items(source(kind, selectors), text)
  if (!read.ok) throw new Error(read.why)
  return read.items
}

const rss = (items: string, head = '') =>
  `<?xml version="1.0" encoding="utf-8"?>${head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>通知</title><link>https://notices.example/</link><description>x</description>${items}</channel></rss>`

describe('a feed', () => {
  it('of RSS is read with markup taken out of its texts', () => {
    const items = itemsOf(
      'rss',
      rss(`<item><title>系统维护 &amp; 升级</title><link>/n/1.html</link><guid isPermaLink="false">n-1</guid>
        <pubDate>Sat, 21 Nov 2026 23:30:00 GMT</pubDate>
        <description><![CDATA[<p>定于11月28日18:00至22:00<br>停机。</p><p>特此通知</p>]]></description></item>`),
    )
    expect(items).toEqual([
      {
        ref: 'n-1',
        title: '系统维护 & 升级',
        link: 'https://notices.example/n/1.html',
        publishedDay: '2026-11-22',
        body: '定于11月28日18:00至22:00\n停机。\n特此通知',
      },
    ])
  })

  it('of RSS prefers the whole text to the extract', () => {
    const [item] = itemsOf(
      'rss',
      rss(
        '<item><title>a</title><description>短</description><content:encoded>&lt;p&gt;全文&lt;/p&gt;</content:encoded></item>',
      ),
    )
    expect(item).toMatchObject({ ref: 'a', link: null, body: '全文', publishedDay: null })
  })

  it('of Atom is read', () => {
    const items = itemsOf(
      'atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>u</id><updated>2026-11-22T00:00:00Z</updated>
       <entry><id>urn:1</id><title>维护</title><updated>2026-11-23T17:00:00Z</updated><published>2026-11-22T17:00:00Z</published>
       <link rel="self" href="https://notices.example/a.xml"/><link href="https://notices.example/1"/>
       <content type="html">&lt;b&gt;11月28日&lt;/b&gt;停机</content></entry></feed>`,
    )
    expect(items).toEqual([
      {
        ref: 'urn:1',
        title: '维护',
        link: 'https://notices.example/1',
        publishedDay: '2026-11-23',
        body: '11月28日停机',
      },
    ])
  })

  it('of JSON is read', () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 't',
      items: [
        {
          id: '7',
          url: 'https://notices.example/7',
          title: '停机',
          content_text: '11月28日停机',
          date_published: '2026-11-22T10:00:00+08:00',
        },
        { id: '8', content_html: '<script>alert(1)</script><p>8</p>' },
      ],
    }
    expect(itemsOf('json', JSON.stringify(feed))).toEqual([
      { ref: '7', title: '停机', link: 'https://notices.example/7', publishedDay: '2026-11-22', body: '11月28日停机' },
      { ref: '8', title: '', link: null, publishedDay: null, body: '8' },
    ])
  })
})

const PAGE = `<html><body><ul class="list">
  <li><a href="../art/1.html" title="关于系统停机维护的完整标题">关于系统停机…</a><span>[2026-11-22]</span></li>
  <li><a href="https://notices.example/art/2.html">放假通知</a><span>2026年11月20日</span></li>
  <li><a href="javascript:alert(1)">脚本</a></li></ul><div class="text"><p>正文<script>x()</script></p></div></body></html>`

describe('a list of HTML', () => {
  it('is read by the selectors that are declared for it', () => {
    expect(itemsOf('html', PAGE, { item: 'ul.list li', date: 'span' })).toMatchObject([
      { ref: 'https://notices.example/art/1.html', title: '关于系统停机维护的完整标题', publishedDay: '2026-11-22' },
      { ref: 'https://notices.example/art/2.html', title: '放假通知', publishedDay: '2026-11-20' },
      { ref: '脚本', title: '脚本', link: null, publishedDay: null },
    ])
  })

  it('gives the text of a page below a selector, without its scripts', () => {
    expect(sourceParser.body('.text', PAGE)).toBe('正文')
    expect(sourceParser.body('.none', PAGE)).toBeNull()
    expect(sourceParser.body('[[', PAGE)).toBeNull()
  })

  it('without selectors, or with broken ones, is an answer and no fault', () => {
    expect(sourceParser.items(source('html'), PAGE)).toEqual({ ok: false, why: 'unreadable' })
    expect(sourceParser.items(source('html', { item: '>>[' }), PAGE)).toEqual({ ok: false, why: 'unreadable' })
  })
})

describe('a poisoned source', () => {
  const bomb =
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'

  it('that declares entities is refused, be they a bomb or a file', () => {
    expect(sourceParser.items(source('rss'), rss('<item><title>&c;</title></item>', bomb))).toEqual({
      ok: false,
      why: 'declares_entities',
    })
  })

  it('of ten megabytes is refused', () => {
    const read = sourceParser.items(source('rss'), rss(`<item><title>${'x'.repeat(10_000_000)}</title></item>`))
    expect(read).toEqual({ ok: false, why: 'too_large' })
    expect(sourceParser.body('p', 'x'.repeat(10_000_000))).toBeNull()
  })

  it('of a hundred thousand items is refused or cut at a hundred', () => {
    expect(sourceParser.items(source('rss'), rss('<item><title>a</title></item>'.repeat(100_000))).ok).toBe(false)
    expect(itemsOf('rss', rss('<item><title>a</title></item>'.repeat(30_000)))).toHaveLength(100)
    expect(itemsOf('html', '<li>a</li>'.repeat(100_000), { item: 'li' })).toHaveLength(100)
  })

  it.each([
    ['nested elements', '<div>'.repeat(200_000)],
    ['nested links', '<a>'.repeat(300_000)],
    ['open quotes', '<a href="'.repeat(100_000)],
    ['open tags', '<'.repeat(1_000_000)],
    ['entities', '&amp;'.repeat(200_000)],
    ['comments', '<!--'.repeat(250_000)],
    ['quotes in a tag', `<a ${'x="'.repeat(1200)}>`.repeat(200)],
    ['attributes without values', `<a ${'a= '.repeat(1200)}'>`.repeat(200)],
  ])('of %s is read in a moment', (_, page) => {
    const started = performance.now()
    sourceParser.items(source('html', { item: 'div a, li' }), page)
    sourceParser.items(source('rss'), rss(`<item><title>a</title><description>${page}</description></item>`))
    sourceParser.items(source('rss'), rss(page))
    sourceParser.body('div div', page)
    expect(performance.now() - started).toBeLessThan(8000)
  })

  it.each([
    ['rss', 'null'],
    ['rss', ''],
    ['atom', '<feed'],
    ['json', '[[[['],
    ['json', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":{"a":1}},null,7]}'],
    ['html', '\u0000\uffff'],
  ] as const)('of kind %s answers whatever stands in it: %s', (kind, text) => {
    expect(() => sourceParser.items(source(kind, { item: 'li' }), text)).not.toThrow()
  })
})

describe('the day of an item', () => {
  it.each([
    ['Sat, 28 Nov 2026 18:00:00 +0800', '2026-11-28'],
    ['Sat, 28 Nov 2026 18:00:00 GMT', '2026-11-29'],
    ['28 Nov 2026', '2026-11-28'],
    ['2026-11-28T16:00:00Z', '2026-11-29'],
    ['发布时间：2026-11-28 10:30 来源：办公室', '2026-11-28'],
    ['[2026/1/3]', '2026-01-03'],
    ['2026年1月3日', '2026-01-03'],
    ['2026-02-30', null],
    ['30 Foo 2026', null],
    ['2026-13-01T00:00:00Z', null],
    ['昨天', null],
    ['', null],
  ])('is read of %p', (text, day) => {
    expect(dayOfText(text)).toBe(day)
  })
})
