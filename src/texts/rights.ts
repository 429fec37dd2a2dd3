import type { Role } from '../domain/cadre.ts';
import { botTexts } from './bot.ts';
import { roleNames } from './glossary.ts';

/** `经办、部长`, `经办、部长、本班班主任`, `名册内干部`, `所有人`. */
export const audienceName = (who: 'everyone' | 'cadre' | readonly (Role | 'tutor')[]): string =>
  who === 'everyone' || who === 'cadre'
    ? botTexts.who[who]
    : who.map((role) => (role === 'tutor' ? botTexts.tutor : roleNames[role])).join(botTexts.and);
