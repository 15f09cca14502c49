export * from './agent.ts';
export * from './enrolment.ts';
