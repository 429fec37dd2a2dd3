import { type Cadre, cadres } from '../../domain/cadre.ts';
import { isStillOpen, type RosterProposal, rosterProposals } from '../../domain/roster-proposal.ts';
import { type Block, button, buttons, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { proposalTexts as texts } from '../../texts/happenings.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { foresee } from './consequences.ts';

const mostListed = 5;

type Asking = Pick<Context, 'tx' | 'policy' | 'today' | 'tell'>;

/** Keeps a proposal and asks the archivists, each by a card. */
export async function propose(context: Asking, cadre: Cadre, proposal: RosterProposal): Promise<void> {
  const { tx, tell } = context;
  await tx.put(rosterProposals, proposal);
  const reply = await cardOf(context, cadre, proposal);
  for (const { staffNo } of await peopleWith(tx, 'archivist')) {
    const { what, messenger, at, after } = proposal;
    await tell(staffNo, reply, {
      key: `proposal:${messenger}:${proposal.staffNo}:${what}:${after}:${at}:${staffNo}`,
      purpose: 'notice',
    });
  }
}

async function cardOf(context: Omit<Asking, 'tell'>, cadre: Cadre, proposal: RosterProposal): Promise<Reply> {
  return card(texts.title, 'info', summaryOf(cadre, proposal), ...(await blocksOf(context, cadre, proposal)));
}

const summaryOf = (cadre: Cadre, { what, messenger, after }: RosterProposal): string =>
  what === 'unit' ? texts.moved(messenger, cadre, after) : texts.left(messenger, cadre);

async function blocksOf(
  context: Omit<Asking, 'tell'>,
  cadre: Cadre,
  proposal: RosterProposal,
): Promise<readonly (Block | null)[]> {
  const { staffNo: who } = cadre;
  if (proposal.what === 'left') {
    return [
      words(summaryOf(cadre, proposal)),
      buttons(
        button(texts.markLeft, '干部', { who, state: 'left' }),
        button(texts.markRetired, '干部', { who, state: 'retired' }),
        button(texts.keep, '干部', { who, verdict: 'decline', matter: 'left' }),
      ),
      note(texts.leftHint),
    ];
  }
  const { after: unit } = proposal;
  const consequences = await foresee(context, cadre, { ...cadre, unit });
  return [
    words(summaryOf(cadre, proposal)),
    words(texts.change(cadre.unit, unit)),
    consequences.length === 0 ? null : words([texts.after, ...consequences.map((line) => `· ${line}`)].join('\n')),
    buttons(
      button(texts.adopt, '干部', { who, unit, verdict: 'adopt' }, 'primary'),
      button(texts.decline, '干部', { who, unit, verdict: 'decline' }),
    ),
  ];
}

/** What is still to be decided, oldest first, each with the person as they are now. */
export async function listProposals(view: Reader): Promise<{ proposal: RosterProposal; cadre: Cadre }[]> {
  const found: { proposal: RosterProposal; cadre: Cadre }[] = [];
  for (const proposal of await listAll(view, rosterProposals, { index: 'byState', equals: ['open'] })) {
    const cadre = await view.get(cadres, proposal.staffNo);
    if (isStillOpen(proposal, cadre)) found.push({ proposal, cadre });
  }
  return found;
}

/** 干部 变动: the proposals that wait for the archivist. */
export async function showProposals(context: Context): Promise<Reply> {
  const open = await listProposals(context.tx);
  if (open.length === 0) return text(texts.list(0));
  const summary = texts.list(open.length);
  const blocks: (Block | null)[] = [];
  for (const { proposal, cadre } of open.slice(0, mostListed)) {
    blocks.push({ type: 'divider' }, ...(await blocksOf(context, cadre, proposal)));
  }
  const more = open.length - mostListed;
  return card(texts.listTitle, 'info', summary, words(summary), ...blocks, more > 0 ? note(texts.more(more)) : null);
}

/** What an archivist answers to a proposal, by what its card has shown. */
export interface Verdict {
  readonly verdict: 'adopt' | 'decline';
  readonly matter: RosterProposal['what'];
  readonly unit: string | undefined;
}

/**
 * Decides on a proposal as it is now: one that is gone, or that the directory has replaced by another, is not acted on.
 * @param save changes the roster as 干部 does
 */
export async function decideProposal(
  context: Context,
  cadre: Cadre,
  { verdict, matter, unit }: Verdict,
  save: (change: { readonly unit: string }) => Promise<Reply>,
): Promise<Reply> {
  const { tx } = context;
  const key = `${cadre.staffNo}:${matter}`;
  const proposal = await tx.get(rosterProposals, key);
  const isShown = proposal !== undefined && (matter === 'left' || proposal.after === unit);
  if (!isShown || !isStillOpen(proposal, cadre)) return text(texts.gone(cadre.staffNo));
  if (verdict === 'decline') {
    await tx.put(rosterProposals, { ...proposal, state: 'declined' });
    const said = texts.declined(cadre);
    return card(texts.title, 'plain', said, words(said));
  }
  if (matter === 'left') return text(texts.gone(cadre.staffNo));
  if (cadre.unit !== proposal.before) {
    // The roster has changed since: what is adopted must have been seen.
    const current = { ...proposal, before: cadre.unit };
    await tx.put(rosterProposals, current);
    return cardOf(context, cadre, current);
  }
  await tx.remove(rosterProposals, key);
  return save({ unit: proposal.after });
}
