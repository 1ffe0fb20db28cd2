/** One sample of the local stack's demo page, as a person reads it there. */
export interface DemoInvoice {
  id: string
  /** The headline and the sentence that the check is going to show. */
  headline: string
  meaning: string
  qrText: string
}

/** All samples of `/demo`. */
export async function demoInvoices(origin: string): Promise<DemoInvoice[]> {
  const page = await (await fetch(`${origin}/demo?lang=zh`)).text()
  return page
    .split('<article')
    .slice(1)
    .map(card => ({
      id: /id="([a-z-]+)"/.exec(card)?.[1] ?? '',
      headline: /<strong>([^<]+)<\/strong>/.exec(card)?.[1] ?? '',
      meaning: /<strong>[^<]+<\/strong><p>([^<]+)<\/p>/.exec(card)?.[1] ?? '',
      qrText: decodeURIComponent(/index\?text=([^"]+)"/.exec(card)?.[1] ?? ''),
    }))
}
