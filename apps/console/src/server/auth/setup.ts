import type { Database } from '@signalbox/db';
import { hashPassword } from 'better-auth/crypto';
import type { NewAdministrator } from '../../api/new-administrator.ts';
import type { Setup } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';

/** Makes the first administrator; false when there is a user already. The password is hashed as better-auth checks it. */
export async function createFirstAdministrator(
  database: Database,
  { name, email, password }: NewAdministrator,
): Promise<boolean> {
  const made = await database.users.createFirst({
    name,
    email: email.toLowerCase(),
    passwordHash: await hashPassword(password),
    role: 'admin',
  });
  if (made)
    await database.events.add({
      kind: 'administratorCreated',
      by: email,
      message: `${name} became the first administrator.`,
    });
  return made;
}

export function createSetup(database: Database): Setup {
  return {
    needsAdministrator: async () => !(await database.users.any()),
    createAdministrator: async (administrator) => {
      // Asked first so that a stranger cannot make us hash passwords; decided again where it is race-safe.
      const made = !(await database.users.any()) && (await createFirstAdministrator(database, administrator));
      if (!made) throw new ConsoleRefusal('forbidden', 'There is an administrator already. Sign in.');
    },
  };
}
