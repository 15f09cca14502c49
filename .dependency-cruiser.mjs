// The walls of the house: who may import whom. Checked by `npm run boundaries`.
import { createRequire } from 'node:module';

// The parser's visitor does not know `await using` yet, and would stop at it.
const { Visitor } = createRequire(import.meta.url)('@swc/core/Visitor.js');
const { visitStatement } = Visitor.prototype;
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

const ws = (names) => `^(${names.join('|')})/`;
const own = ws(['apps', 'packages']);
const npm = (names) => `node_modules/(${names.join('|')})(/|$)`;

/** One workspace, the own workspaces it may import, and the npm packages it must never reach. */
const wall = (at, { own: allowed, never = [] }) => [
  {
    name: `${at} imports only ${allowed.join(', ') || 'itself'}`,
    severity: 'error',
    from: { path: `^${at}/` },
    to: { path: own, pathNot: ws([at, ...allowed]) },
  },
  ...(never.length
    ? [
        {
          name: `${at} never reaches ${never.join(', ')}`,
          severity: 'error',
          from: { path: `^${at}/` },
          to: { path: npm(never) },
        },
      ]
    : []),
];

export default {
  forbidden: [
    { name: 'no import circles', severity: 'error', from: { path: own }, to: { circular: true } },
    {
      name: 'every import is found, so no wall is passed unseen',
      severity: 'error',
      from: { path: own },
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
    {
      name: 'cluster is pure: zod and nothing else, no platform',
      severity: 'error',
      from: { path: '^packages/cluster/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^packages/cluster/src', npm(['zod'])] },
    },
    {
      name: 'only kernel speaks netlink',
      severity: 'error',
      from: { pathNot: '^packages/kernel/' },
      to: { path: npm(['netlink']) },
    },
    {
      name: 'only db knows Prisma',
      severity: 'error',
      from: { pathNot: '^packages/db/' },
      to: { path: npm(['@prisma/client', 'prisma', 'better-sqlite3', '@prisma/[^/]+']) },
    },
    ...wall('packages/cluster', { own: [] }),
    ...wall('packages/kernel', { own: ['packages/cluster'], never: ['@trpc/[^/]+', 'next', 'react'] }),
    ...wall('packages/agent-api', { own: ['packages/cluster'], never: ['next', 'react'] }),
    ...wall('packages/db', { own: ['packages/cluster'], never: ['next', 'react'] }),
    ...wall('apps/agent', {
      own: ['packages/cluster', 'packages/kernel', 'packages/agent-api'],
      never: ['next', 'react'],
    }),
    ...wall('apps/console', { own: ['packages/cluster', 'packages/db', 'packages/agent-api'] }),
    ...wall('apps/lab', { own: ['packages/cluster', 'packages/agent-api'], never: ['next', 'react'] }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|packages)/.*/(generated|dist|\\.next)/' },
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
