import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { addDays, addMs, type Day, dayOf, type Instant, timeOf } from '../../../domain/day.ts';
import { showDay } from '../../../texts/glossary.ts';
import { backstageWords } from '../../../texts/simulator-backstage.ts';
import { pageWords } from '../../../texts/simulator-page.ts';
import { tourWords } from '../../../texts/simulator-tour.ts';
import type { ClockView, Move } from '../wire.ts';
import { DayInput } from './day-input.ts';
import { Confirm, Dialog } from './dialog.ts';
import { shortDay, showWeekday } from './format.ts';
import { PlusIcon, ResetIcon, TourIcon } from './icons.ts';
import type { Tour } from './use-tour.ts';

/** Name, the bot's clock and what moves it. */
export function TopBar(props: {
  clock: ClockView | null;
  clockAt: number;
  elsewhere: number;
  onMove: (move: Move) => void;
  /** Null where there is no sample to put back. */
  onReset: (() => void) | null;
  tour: Tour | null;
  backstage: boolean;
  onBackstage: () => void;
  onOpen: () => void;
  onNewDay: () => void;
}) {
  const { clock, clockAt, elsewhere, onMove, onReset, onOpen, onNewDay, tour, backstage, onBackstage } = props;
  const [dialog, setDialog] = useState<'date' | 'reset' | null>(null);
  const close = (): void => setDialog(null);
  const busy = clock === null || clock.walkingTo !== null;
  const step = (label: string, onClick: () => void) =>
    html`<button type="button" disabled=${busy} onClick=${onClick}>${label}</button>`;
  return html`
    <header class="top">
      <div class="brand">
        <img src="/icon.svg" alt="" />
        <h1>${pageWords.title}</h1>
        <span class="tag">${pageWords.tag}</span>
      </div>
      ${clock && html`<${ClockFace} clock=${clock} clockAt=${clockAt} onNewDay=${onNewDay} />`}
      <div class="moves" role="group" aria-label=${pageWords.forward}>
        <span class="moves-label" aria-hidden="true">${pageWords.forward}</span>
        ${step(pageWords.hour, () => onMove({ step: 'hour' }))}
        ${step(pageWords.day, () => onMove({ step: 'day' }))}
        ${step(pageWords.date, () => setDialog('date'))}
        ${step(pageWords.month[clock?.monthStep ?? 'month-end'], () => onMove({ step: 'month' }))}
      </div>
      <div class="doings">
        ${
          tour &&
          html`<button type="button" class="quiet begin-tour" aria-expanded=${tour.shown} onClick=${tour.toggle}>
            <${TourIcon} />${tourWords.title}
          </button>`
        }
        <button type="button" class="quiet" aria-expanded=${backstage} onClick=${onBackstage}>${backstageWords.title}</button>
        ${
          onReset &&
          html`<button type="button" class="quiet" disabled=${busy} onClick=${() => setDialog('reset')}>
            <${ResetIcon} />${pageWords.reset}
          </button>`
        }
        <button type="button" class="primary open-chat" onClick=${onOpen}>
          <${PlusIcon} />${pageWords.open}
          ${elsewhere > 0 && html`<span class="badge" aria-label=${pageWords.unread(elsewhere)}>${elsewhere}</span>`}
        </button>
      </div>
      ${dialog === 'date' && clock && html`<${DateDialog} today=${dayOf(clock.now)} onMove=${onMove} onClose=${close} />`}
      ${
        dialog === 'reset' &&
        onReset &&
        html`<${Confirm}
          title=${pageWords.resetTitle}
          text=${pageWords.resetHint}
          action=${pageWords.reset}
          danger
          onConfirm=${onReset}
          onClose=${close}
        />`
      }
    </header>
  `;
}

function ClockFace({ clock, clockAt, onNewDay }: { clock: ClockView; clockAt: number; onNewDay: () => void }) {
  const now = useTicking(clock.now, clockAt);
  const day = dayOf(now);
  useEffect(() => {
    if (day !== dayOf(clock.now)) onNewDay();
  }, [day, clock.now, onNewDay]);
  return html`
    <div class="clock" aria-label=${pageWords.clockLabel}>
      <time datetime=${now}>
        <span class="date">${showDay(day)} ${showWeekday(day)}</span>
        <span class="time">${timeOf(now)}</span>
      </time>
      ${
        clock.walkingTo === null
          ? html`<span class=${`tag ${clock.dayKind === 'workday' ? 'green' : 'grey'}`}>${pageWords.dayKinds[clock.dayKind]}</span>`
          : html`<span class="walking" role="status">${pageWords.walking(shortDay(dayOf(clock.walkingTo)))}</span>`
      }
    </div>
  `;
}

/** The bot's time, which runs on between the server's words. */
function useTicking(instant: Instant, receivedAt: number): Instant {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return addMs(instant, Math.max(0, Math.round(performance.now() - receivedAt)));
}

function DateDialog(props: { today: Day; onMove: (move: Move) => void; onClose: () => void }) {
  const { today, onMove, onClose } = props;
  const form = (close: () => void) => {
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      if (!(event.currentTarget instanceof HTMLFormElement)) return;
      const day = new FormData(event.currentTarget).get('day');
      if (typeof day !== 'string') return;
      close();
      onMove({ step: 'date', day });
    };
    return html`
      <form onSubmit=${submit}>
        <p>${pageWords.dateHint}</p>
        <${DayInput}
          attributes=${{
            name: 'day',
            required: true,
            autofocus: true,
            'aria-label': pageWords.dateTitle,
            min: addDays(today, 1),
            max: addDays(today, 366),
            defaultValue: addDays(today, 5),
          }}
        />
        <div class="dialog-actions">
          <button type="button" onClick=${close}>${pageWords.cancel}</button>
          <button type="submit" class="primary">${pageWords.dateGo}</button>
        </div>
      </form>
    `;
  };
  return html`<${Dialog} title=${pageWords.dateTitle} onClose=${onClose}>${form}<//>`;
}
