import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Day, dayOf } from '../../../domain/day.ts';
import { showDay } from '../../../texts/glossary.ts';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { Person } from '../wire.ts';
import type { Press } from './card.ts';
import { EmptyHint } from './empty-hint.ts';
import { shortDay, showWeekday } from './format.ts';
import { Message } from './message.ts';
import type { ChatLog } from './model.ts';

/** What was said in a chat; stays at its end unless somebody reads further up. */
export function Log(props: {
  log: ChatLog | undefined;
  name: string;
  person: Person | null;
  self: string;
  isGroup: boolean;
  waiting: boolean;
  onEarlier: (before: number) => void;
  onPress: (messageId: string) => Press;
}) {
  const { log, name, person, self, isGroup, waiting, onEarlier, onPress } = props;
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const messages = log?.messages ?? [];
  const last = messages.at(-1);

  const first = messages[0]?.n;
  const height = useRef(0);

  const toEnd = (): void => {
    if (list.current) list.current.scrollTop = endOf(list.current);
  };
  // What is shown has changed when one of these has.
  useLayoutEffect(() => {
    if (atEnd.current || last?.from?.id === self) toEnd();
    else setBehind(true);
  }, [last?.n, last?.revision, waiting]);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    // Older messages grow above: what is being read stays where it is.
    if (!atEnd.current) element.scrollTop += element.scrollHeight - height.current;
    height.current = element.scrollHeight;
  }, [first]);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    // Fonts, charts and the input below change heights after the fact.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
      height.current = element.scrollHeight;
    });
    for (const part of [element, element.firstElementChild]) if (part) observer.observe(part);
    return () => observer.disconnect();
  }, []);
  const onScroll = (): void => {
    const element = list.current;
    if (element === null) return;
    atEnd.current = element.scrollTop > endOf(element) - 40;
    if (atEnd.current) setBehind(false);
  };

  return html`
    <div class="log" ref=${list} onScroll=${onScroll} tabindex="0" role="log" aria-live="polite" aria-label=${pageWords.log(name)}>
      <div class="log-body">
        ${log?.earlier && html`<button type="button" class="link earlier" onClick=${() => onEarlier(messages[0]?.n ?? 0)}>${pageWords.earlier}</button>`}
        ${log && messages.length === 0 && html`<${EmptyHint} person=${person} isGroup=${isGroup} />`}
        <ol>
          ${messages.map((message, i) => {
            const day = dayOf(message.at);
            const before = messages[i - 1];
            return html`
              ${(before === undefined || dayOf(before.at) !== day) && html`<${DayLine} key=${`day-${message.n}`} day=${day} />`}
              <${Message}
                key=${message.id}
                message=${message}
                own=${message.from?.id === self}
                onPress=${onPress(message.id)}
              />
            `;
          })}
        </ol>
        ${waiting && html`<p class="working"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${pageWords.working}</p>`}
      </div>
    </div>
    ${behind && html`<button type="button" class="newest" onClick=${toEnd}>${pageWords.newest} ↓</button>`}
  `;
}

/** Where reading rests: at the end, or at the top of a last message that is taller than the window. */
function endOf(log: HTMLElement): number {
  const end = log.scrollHeight - log.clientHeight;
  const last = log.querySelector('.message:last-child');
  return last instanceof HTMLElement ? Math.min(end, last.offsetTop - 8) : end;
}

const DayLine = ({ day }: { day: Day }) => html`
  <li class="day-line"><span title=${showDay(day)}>${shortDay(day)} ${showWeekday(day)}</span></li>
`;
