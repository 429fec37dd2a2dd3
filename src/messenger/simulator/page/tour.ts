import { html } from 'htm/preact';
import { tourWords as words } from '../../../texts/simulator-tour.ts';
import { CloseIcon } from './icons.ts';
import { scenes } from './tour-scenes.ts';
import type { Tour } from './use-tour.ts';

/** One sentence at a time above the windows, and a tap that does what it says; it covers nothing. */
export function TourBar({ tour }: { tour: Tour }) {
  const { at, step, note, cast, scene } = tour;
  const { steps, words: said, other } = scenes[scene];
  const turnTo = (label: string) => html`<button type="button" onClick=${() => tour.begin(other)}>${label}</button>`;
  const { instead, next } = scenes[other].words;
  return html`
    <section class="tour" aria-label=${words.title}>
      ${
        step !== null &&
        at !== null &&
        html`<span class="tag" role="img" aria-label=${words.step(at + 1, steps.length)}>${at + 1}/${steps.length}</span>`
      }
      <div class="tour-words" aria-live="polite">
        <p>${step === null ? (at === null ? words.offer : said.done) : step.words(cast)}</p>
        ${note !== null && html`<p class="fault" role="alert">${note}</p>`}
      </div>
      <div class="tour-doings">
        ${
          step === null
            ? html`
              <button type="button" class="primary" onClick=${() => tour.begin(scene)}>${at === null ? words.begin : words.again}</button>
              ${turnTo(at === null ? instead : next)}
              <button type="button" onClick=${tour.leave}>${at === null ? words.decline : words.close}</button>
            `
            : html`
              <button type="button" class="primary" disabled=${tour.busy} onClick=${tour.act}>${words.doings[step.doings[0].type]}</button>
              ${at === 0 && turnTo(instead)}
              <button type="button" onClick=${tour.skip}>${words.skip}</button>
              <button type="button" class="icon" aria-label=${words.leave} title=${words.leave} onClick=${tour.leave}><${CloseIcon} /></button>
            `
        }
      </div>
    </section>
  `;
}
