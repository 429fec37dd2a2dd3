import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { backstageWords as words } from '../../../texts/simulator-backstage.ts';
import type { AuditLine, BackstageView, OutboxLine } from '../wire.ts';
import { api } from './api.ts';
import { showMoment } from './format.ts';
import { CloseIcon } from './icons.ts';
import type { Attempt } from './use-desk.ts';

/** What goes on behind the chats; `revision` grows whenever something may have changed. */
export function Backstage({ revision, attempt, onClose }: { revision: number; attempt: Attempt; onClose: () => void }) {
  const [view, setView] = useState<BackstageView | null>(null);
  const [records, setRecords] = useState<readonly AuditLine[]>([]);
  const [isReading, setReading] = useState(false);
  useEffect(() => {
    let isLatest = true;
    void attempt(api.backstage()).then((fresh) => {
      if (!fresh || !isLatest) return;
      setView(fresh);
      setRecords((known) => join(fresh.audit, known));
    });
    return () => {
      isLatest = false;
    };
  }, [revision, attempt]);
  const oldest = records.at(-1)?.n ?? 1;
  const readEarlier = async (): Promise<void> => {
    setReading(true);
    const earlier = await attempt(api.records(oldest));
    if (earlier) setRecords((known) => join(known, earlier));
    setReading(false);
  };
  return html`
    <aside class="backstage" id="backstage" aria-label=${words.title}>
      <header>
        <div><h2>${words.title}</h2><p class="note">${words.hint}</p></div>
        <button type="button" class="icon" aria-label=${words.close} onClick=${onClose}><${CloseIcon} /></button>
      </header>
      <div class="backstage-body" tabindex="0" role="group" aria-label=${words.title}>
        ${
          view === null
            ? html`<p class="note">${words.reading}</p>`
            : html`
            <${Part} title=${words.audit}>
              ${records.length === 0 && html`<p class="note">${words.empty}</p>`}
              <ol>${records.map((line) => html`<${Audit} key=${line.n} line=${line} />`)}</ol>
              ${oldest > 1 && html`<button type="button" disabled=${isReading} onClick=${readEarlier}>${words.earlier}</button>`}
            <//>
            <${Part} title=${words.outbox}><${Outbox} outbox=${view.outbox} /><//>
            <${Part} title=${words.jobs}>
              <ol>${view.jobs.map((job) => html`<${Job} key=${job.name} job=${job} />`)}</ol>
            <//>
          `
        }
      </div>
    </aside>
  `;
}

/** `newer` and what follows on it in `known`; a gap ends the list, the records in it are read again when asked for. */
function join(newer: readonly AuditLine[], known: readonly AuditLine[]): readonly AuditLine[] {
  const last = newer.at(-1)?.n ?? 0;
  const older = known.filter(({ n }) => n < last);
  return older[0]?.n === last - 1 ? [...newer, ...older] : newer;
}

const Part = ({ title, children }: { title: string; children: ComponentChildren }) => html`
  <details class="part" open><summary><h3>${title}</h3></summary>${children}</details>
`;

const shownChanges = 20;

/** Opens to show which rows were touched; what they say stays in the ledger. */
function Audit({ line }: { line: AuditLine }) {
  const { n, hash, at, actor, name, via, what, changes } = line;
  const more = changes.length - shownChanges;
  return html`
    <li>
      <details>
        <summary>
          <span class="what"><b>${words.someone(actor, name)}</b> ${words.doing(via, what)}</span>
          <span class="facts"><span>${words.changes(changes)}</span></span>
          <span class="facts"><code>${words.chain(n, hash)}</code><time datetime=${at}>${showMoment(at)}</time></span>
        </summary>
        <ul class="changes">
          ${changes
            .slice(0, shownChanges)
            .map(
              ({ collection, key, removed }) =>
                html`<li>${removed ? words.removed : words.written} ${words.collection(collection)} <code>${key}</code></li>`,
            )}
          ${more > 0 && html`<li class="note">${words.more(more)}</li>`}
        </ul>
      </details>
    </li>
  `;
}

function Outbox({ outbox: { counts, messages } }: { outbox: BackstageView['outbox'] }) {
  const states = (Object.keys(counts) as OutboxLine['state'][]).filter((state) => counts[state] > 0);
  return html`
    ${messages.length === 0 && html`<p class="note">${words.emptyOutbox}</p>`}
    <p class="counts">
      ${states.map((state) => html`<span class=${`tag state-${state}`}>${words.states[state]} ${counts[state]}</span>`)}
    </p>
    <ol>
      ${messages.map(
        ({ key, to, purpose, state, at, notBefore, reason }) => html`
          <li key=${key} class=${`row state-${state}`}>
            <span class="what"><b>${to}</b> ${words.purposes[purpose]}<span class=${`tag state-${state}`}>${words.states[state]}</span></span>
            <span class="facts"><time datetime=${at}>${state === 'queued' ? words.notBefore(showMoment(notBefore)) : showMoment(at)}</time></span>
            ${reason !== null && html`<span class="facts reason">${reason}</span>`}
            ${state === 'unknown' && html`<span class="facts reason">${words.unknownHint}</span>`}
          </li>
        `,
      )}
    </ol>
  `;
}

function Job({ job: { name, schedule, last, next } }: { job: BackstageView['jobs'][number] }) {
  const run = last === null || last.state === 'since' ? null : last;
  const said = { claimed: words.running, failed: words.failed, done: '', since: '' };
  return html`
    <li class=${`row ${run?.state === 'failed' ? 'state-failed' : ''}`}>
      <span class="what"><b>${words.job(name)}</b> ${schedule}</span>
      <span class="facts reason">${words.last}：${run === null ? words.never : `${showMoment(run.slot)} ${run.summary ?? said[run.state]}`}</span>
      <span class="facts">${words.next}：${next === null ? words.noNext : showMoment(next)}</span>
    </li>
  `;
}
