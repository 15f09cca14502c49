// Users, as far as the console makes them itself: sign-in and sessions are better-auth's, on the same tables.
import { randomUUID } from 'node:crypto';
import type { PrismaClient, Role } from './generated/client.ts';

export interface NewUser {
  readonly name: string;
  readonly email: string;
  /** As better-auth hashes it. */
  readonly passwordHash: string;
  readonly role: Role;
}

export interface UserStore {
  any(): Promise<boolean>;
  /** Makes the very first user; false when there is one already, however many ask at once. */
  createFirst(user: NewUser): Promise<boolean>;
}

export function userStore(prisma: PrismaClient): UserStore {
  return {
    any: async () => (await prisma.user.count()) > 0,
    createFirst: ({ passwordHash, ...user }) =>
      prisma.$transaction(async (tx) => {
        if ((await tx.user.count()) > 0) return false;
        const id = randomUUID();
        await tx.user.create({ data: { id, ...user, emailVerified: true } });
        await tx.account.create({
          // better-auth's name for e-mail and password, and its rule that such an account is named by its user.
          data: {
            id: randomUUID(),
            userId: id,
            accountId: id,
            providerId: 'credential',
            password: passwordHash,
          },
        });
        return true;
      }),
  };
}
