/** One file that breaks one rule of config/dependency-cruiser.cjs. `also` are files it needs to break it. */
export interface PlantedViolation {
  rule: string
  file: string
  source: string
  also?: Readonly<Record<string, string>>
}

const empty = 'export const planted = 1\n'
const importing = (specifier: string) => `import { planted } from '${specifier}'\nexport const here = planted\n`
const typeImporting = (specifier: string) => `import type { planted } from '${specifier}'\nexport type Here = planted\n`

/** Files that violations point at. */
export const TARGETS: Readonly<Record<string, string>> = {
  'shared/invoice/planted-domain.ts': empty,
  'shared/contract/planted-contract.ts': empty,
  'shared/copy/planted-copy.ts': empty,
  'functions/verification/planted-use-case.ts': empty,
  'functions/gate/planted-gate.ts': empty,
  'functions/store/planted-store.ts': empty,
  'functions/platform/planted-platform.ts': empty,
  'functions/providers/baidu.ts': empty,
  'functions/wiring/planted-wiring.ts': empty,
  'miniprogram/api/planted-call.ts': empty,
  'miniprogram/platform/planted-phone.ts': empty,
  'miniprogram/components/planted-view.tsx': empty,
  'miniprogram/hooks/use-planted.ts': empty,
  'miniprogram/pages/planted/planted-page.tsx': empty,
  'config/build/planted-build.ts': empty,
  'test/planted-test.ts': empty,
  'functions/verification/helpers/planted-help.ts': empty,
}

export const VIOLATIONS: readonly PlantedViolation[] = [
  {
    rule: 'shared-not-to-apps',
    file: 'shared/copy/x1.ts',
    source: typeImporting('../../functions/store/planted-store'),
  },
  {
    rule: 'shared-not-to-node',
    file: 'shared/contract/x2.ts',
    source: `import fs from 'node:fs'\nexport const x = fs\n`,
  },
  { rule: 'invoice-only-itself', file: 'shared/invoice/x3.ts', source: typeImporting('../contract/planted-contract') },
  {
    rule: 'invoice-no-npm',
    file: 'shared/invoice/x4.ts',
    source: `import * as z from 'zod/mini'\nexport const x = z\n`,
  },
  { rule: 'contract-only-domain', file: 'shared/contract/x5.ts', source: importing('../copy/planted-copy') },
  { rule: 'notice-only-invoice', file: 'shared/notice/x51.ts', source: importing('../copy/planted-copy') },
  { rule: 'notice-no-npm', file: 'shared/notice/x52.ts', source: importing('zod/mini') },
  {
    rule: 'contract-only-zod',
    file: 'shared/contract/x6.ts',
    source: `import react from 'react'\nexport const x = react\n`,
  },
  { rule: 'copy-no-npm', file: 'shared/copy/x7.ts', source: `import * as z from 'zod/mini'\nexport const x = z\n` },
  {
    rule: 'dayjs-only-in-issue-date',
    file: 'functions/store/x8.ts',
    source: `import dayjs from 'dayjs'\nexport const x = dayjs\n`,
  },
  {
    rule: 'use-case-not-to-adapter',
    file: 'functions/verification/x9.ts',
    source: typeImporting('../store/planted-store'),
  },
  { rule: 'use-case-not-to-adapter', file: 'functions/gate/x35.ts', source: importing('../platform/planted-platform') },
  {
    rule: 'use-case-no-npm',
    file: 'functions/gate/x36.ts',
    source: `import react from 'react'\nexport const x = react\n`,
  },
  {
    rule: 'use-case-no-npm',
    file: 'functions/account/x10.ts',
    source: `import react from 'react'\nexport const x = react\n`,
  },
  {
    rule: 'use-case-not-to-node',
    file: 'functions/verification/x11.ts',
    source: `import fs from 'node:fs'\nexport const x = fs\n`,
  },
  {
    rule: 'use-case-not-to-node',
    file: 'functions/gate/x37.ts',
    source: `import fs from 'node:fs'\nexport const x = fs\n`,
  },
  { rule: 'adapter-not-to-use-case', file: 'functions/store/x38.ts', source: importing('../gate/planted-gate') },
  {
    rule: 'adapter-not-to-use-case',
    file: 'functions/platform/x12.ts',
    source: importing('../verification/planted-use-case'),
  },
  { rule: 'provider-not-to-provider', file: 'functions/providers/aliyun.ts', source: importing('./baidu') },
  { rule: 'provider-not-to-provider', file: 'functions/providers/tencent-x39.ts', source: importing('./baidu') },
  {
    rule: 'aws-only-in-adapters',
    file: 'functions/gate/x40.ts',
    source: `import { SQSClient } from '@aws-sdk/client-sqs'\nexport const x = SQSClient\n`,
  },
  {
    rule: 'aws-only-in-adapters',
    file: 'functions/providers/x13.ts',
    source: `import { SSMClient } from '@aws-sdk/client-ssm'\nexport const x = SSMClient\n`,
  },
  {
    rule: 'vendor-sdk-only-in-providers',
    file: 'functions/platform/x14.ts',
    source: `import * as ocr from 'tencentcloud-sdk-nodejs-ocr'\nexport const x = ocr\n`,
  },
  {
    rule: 'vendor-sdk-only-in-providers',
    file: 'functions/gate/x41.ts',
    source: `import Client from '@alicloud/ocr-api20210707'\nexport const x = Client\n`,
  },
  {
    rule: 'vendor-sdk-only-in-providers',
    file: 'functions/wiring/x42.ts',
    source: `import * as tea from '@darabonba/typescript'\nexport const x = tea\n`,
  },
  { rule: 'nobody-imports-entries', file: 'functions/store/x43.ts', source: importing('../worker') },
  { rule: 'nobody-imports-entries', file: 'functions/platform/x15.ts', source: importing('../wiring/planted-wiring') },
  {
    rule: 'client-not-to-server',
    file: 'miniprogram/api/x16.ts',
    source: typeImporting('../../functions/store/planted-store'),
  },
  {
    rule: 'server-not-to-client',
    file: 'functions/platform/x17.ts',
    source: importing('../../miniprogram/api/planted-call'),
  },
  {
    rule: 'taro-only-in-platform',
    file: 'miniprogram/api/x18.ts',
    source: `import Taro from '@tarojs/taro'\nexport const x = Taro\n`,
  },
  {
    rule: 'views-only-react',
    file: 'miniprogram/components/x19.tsx',
    source: `import * as z from 'zod/mini'\nexport const x = z\n`,
  },
  { rule: 'api-not-to-views', file: 'miniprogram/api/x21.ts', source: importing('../components/planted-view') },
  {
    rule: 'component-only-shows',
    file: 'miniprogram/components/x22.tsx',
    source: importing('../platform/planted-phone'),
  },
  { rule: 'page-not-to-page', file: 'miniprogram/pages/other/x23.ts', source: importing('../planted/planted-page') },
  { rule: 'platform-is-lowest', file: 'miniprogram/platform/x24.ts', source: importing('../api/planted-call') },
  {
    rule: 'component-runs-no-hook-of-pages',
    file: 'miniprogram/components/x33.tsx',
    source: importing('../hooks/use-planted'),
  },
  { rule: 'hook-not-to-views', file: 'miniprogram/hooks/x34.ts', source: importing('../components/planted-view') },
  { rule: 'nobody-imports-tests', file: 'functions/store/x25.ts', source: importing('../../test/planted-test') },
  {
    rule: 'product-not-to-config',
    file: 'functions/store/x26.ts',
    source: importing('../../config/build/planted-build'),
  },
  {
    rule: 'taro-config-stands-alone',
    file: 'config/dev.ts',
    source: importing('../shared/copy/planted-copy'),
  },
  {
    rule: 'config-not-to-client',
    file: 'config/build/x27.ts',
    source: importing('../../miniprogram/api/planted-call'),
  },
  {
    rule: 'no-circular',
    file: 'functions/store/x28.ts',
    source: `import { planted } from './x29'\nexport const here = planted\n`,
    also: { 'functions/store/x29.ts': `import { here } from './x28'\nexport const planted = here\n` },
  },
  { rule: 'no-unresolvable', file: 'functions/store/x30.ts', source: importing('./nowhere') },
  { rule: 'no-orphans', file: 'functions/store/x31.ts', source: empty },
  {
    rule: 'no-catch-all-modules',
    file: 'functions/verification/x32.ts',
    source: importing('./helpers/planted-help'),
  },
]
