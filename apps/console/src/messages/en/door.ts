export const door = {
  signInTitle: 'Sign in',
  setupTitle: 'Create the administrator',
  setupText: 'This console is new. Whoever fills in this form runs it.',
  name: 'Name',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least {min} characters. A sentence is good.',
  passwordAgain: 'Password again',
  passwordsDiffer: 'The two passwords differ.',
  passwordShort: 'Use at least {min} characters.',
  signIn: 'Sign in',
  create: 'Create and sign in',
  wrong: 'E-mail or password is wrong.',
  tooMany: 'Too many tries. Wait a minute.',
  noAnswer: 'The console does not answer. Is it running?',
  refused:
    'The console refused this (HTTP {status}). Was this page opened at the address that the console knows as its own?',
  broken: 'The console failed (HTTP {status}). Its log says why.',
  failed: 'That did not work: {message}',
  tagline: 'Linux Virtual Server clusters, drawn, applied and watched.',
} as const;

export const clusters = {
  title: 'Clusters',
  emptyTitle: 'No cluster yet',
  emptyText:
    'A cluster is a director, the real servers behind it and what they serve. Draw it, review what would be done on each host, then apply.',
  name: 'Name of the cluster',
  nameHint: 'As people call it, for example shop-front.',
  create: 'Create cluster',
  creating: 'Creating…',
  nodes: '{count, plural, one {# node} other {# nodes}}',
  services: '{count, plural, one {# virtual service} other {# virtual services}}',
  newOne: 'New cluster',
  cannotCreate: 'You may look at clusters. An operator can create one.',
} as const;
