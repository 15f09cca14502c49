import * as z from 'zod';

/** The upper limit bounds the hashing a stranger can ask for. */
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

/** The first administrator, as the setup form, the API and `provision` take it. */
export const NewAdministrator = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max),
});
export type NewAdministrator = z.infer<typeof NewAdministrator>;
