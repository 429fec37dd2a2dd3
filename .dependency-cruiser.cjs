/** Who may import whom: domain ← policy, store.ts, reply.ts, documents ← bot ← commands, jobs ← main, cli. */
const outside = (from, allowed) => ({
  name: `${from.replace(/[^a-z]+/g, '-')}-imports`,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|commands|test)/', pathNot: allowed },
});

const domain = '^src/domain/';
const texts = '^src/texts/';
const ports = ['^src/store/store\\.ts$', '^src/messenger/(messenger|reply|outbox)\\.ts$', '^src/clock\\.ts$'];
const below = [domain, texts, ...ports];

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-knows-zod-only',
      severity: 'error',
      from: { path: domain },
      to: { pathNot: [domain, '^node_modules/zod/'] },
    },
    outside('^src/texts/', [domain, texts]),
    outside('^src/policy/', [domain, texts, '^src/policy/']),
    outside('^src/store/[^/]+\\.ts$', [domain, texts, '^src/store/[^/]+\\.ts$']),
    outside('^src/messenger/[^/]+\\.ts$', [...below, '^src/messenger/[^/]+\\.ts$']),
    outside('^src/documents/', [domain, texts, '^src/documents/', '^src/(messenger/reply|package-root|turns)\\.ts$']),
    outside('^src/store/lowdb/', [...below, '^src/store/[^/]+\\.ts$', '^src/store/lowdb/']),
    outside('^src/store/postgres/', [...below, '^src/store/[^/]+\\.ts$', '^src/store/postgres/', '^src/turns\\.ts$']),
    outside('^src/messenger/simulator/', [...below, '^src/messenger/simulator/', '^src/documents/chart\\.ts$']),
    outside('^src/messenger/feishu/', [
      ...below,
      '^src/messenger/(pace|table-shape|text-width)\\.ts$',
      '^src/messenger/feishu/',
      '^src/(http/body|turns)\\.ts$',
      '^src/documents/chart(-spec)?\\.ts$',
    ]),
    outside('^src/bot/', [...below, '^src/bot/', '^src/documents/', '^src/policy/']),
    outside('^commands/', [...below, '^src/bot/', '^src/documents/', '^commands/']),
    outside('^src/jobs/', [...below, '^src/store/rehearsal\\.ts$', '^src/bot/', '^src/jobs/']),
    outside('^src/http/', [...below, '^src/http/']),
    {
      name: 'one-door-to-the-feishu-sdk',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: '^src/messenger/feishu/sdk\\.ts$' },
      to: { path: '^node_modules/@larksuiteoapi/' },
    },
    {
      name: 'implementations-only-from-the-composition-root',
      severity: 'error',
      from: {
        path: '^(src|commands)/',
        pathNot: [
          '^src/(main|cli|collections|open-store|config|serve-[a-z]+)\\.ts$',
          '^src/cli/',
          '^src/store/(lowdb|postgres)/',
          '^src/messenger/(simulator|feishu)/',
        ],
      },
      to: { path: ['^src/store/(lowdb|postgres)/', '^src/messenger/(simulator|feishu)/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'page/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
