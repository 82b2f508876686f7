// Which person an account of a platform is, and what a group there serves. Each change and its event are one transaction.
import { Problem } from '../domain/problem.ts';
import type { Accounts } from '../ports-listings.ts';
import type { Prisma } from './generated/client.ts';
import { decodeGroup } from './listings/roster.ts';
import type { PrismaClient } from './prisma.ts';

export const makeAccounts = (prisma: PrismaClient): Accounts => ({
  async bindPerson(campaign, person, { channel, externalId }, at) {
    try {
      await prisma.$transaction(async (tx) => {
        if (!(await tx.person.findUnique({ where: { id: person }, select: { id: true } }))) {
          throw new Problem('not-found', { what: 'person', id: person });
        }
        await tx.binding.upsert({
          where: { personId_channel: { personId: person, channel } },
          create: { personId: person, channel, externalId, boundAt: at },
          update: { externalId, boundAt: at, lostAt: null },
        });
        await tx.event.create({
          data: event(campaign, at, 'person.bound', { kind: 'person', id: person }, { channel, externalId }),
        });
      });
    } catch (error) {
      // The other unique key than the one of the upsert: the account is somebody else's.
      if ((error as { code?: string }).code === 'P2002') throw new Problem('already-bound', { channel, externalId });
      throw error;
    }
  },

  async bindGroup(campaign, { channel, externalId, title, serves, webhookKey }, at) {
    const facts = { title, servesKind: serves.kind, servesName: serves.name, boundAt: at };
    const subject = { kind: 'group', id: `${channel}/${externalId}` };
    const [group] = await prisma.$transaction([
      prisma.chatGroup.upsert({
        where: { channel_externalId: { channel, externalId } },
        create: { channel, externalId, ...facts, webhookKey },
        // A key that is not said again is kept.
        update: { ...facts, ...(webhookKey === null ? {} : { webhookKey }) },
      }),
      prisma.event.create({ data: event(campaign, at, 'group.bound', subject, { title, serves: { ...serves } }) }),
    ]);
    return decodeGroup(group);
  },
});

const event = (
  campaign: string,
  at: Date,
  kind: string,
  subject: { kind: string; id: string },
  data: Prisma.InputJsonObject,
) => ({ campaign, at, kind, subjectKind: subject.kind, subjectId: subject.id, data });
