export * from './agent.ts';
export * from './enrolment.ts';
export * from './join-command.ts';
export * from './plan-digest.ts';
export * from './proof.ts';
export * from './refusal.ts';
export * from './renewal.ts';
export * from './router.ts';
