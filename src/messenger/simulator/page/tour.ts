import { html } from 'htm/preact';
import { tourWords as words } from '../../../texts/simulator-tour.ts';
import { CloseIcon } from './icons.ts';
import { tourSteps } from './tour-steps.ts';
import type { Tour } from './use-tour.ts';

/** One sentence at a time above the windows, and a tap that does what it says; it covers nothing. */
export function TourBar({ tour }: { tour: Tour }) {
  const { at, step, note, cast } = tour;
  return html`
    <section class="tour" aria-label=${words.title}>
      ${
        step !== null &&
        at !== null &&
        html`<span class="tag" role="img" aria-label=${words.step(at + 1, tourSteps.length)}>${at + 1}/${tourSteps.length}</span>`
      }
      <div class="tour-words" aria-live="polite">
        <p>${step === null ? (at === null ? words.offer : words.done) : step.words(cast)}</p>
        ${note !== null && html`<p class="fault" role="alert">${note}</p>`}
      </div>
      <div class="tour-doings">
        ${
          step === null
            ? html`
              <button type="button" class="primary" onClick=${tour.begin}>${at === null ? words.begin : words.again}</button>
              <button type="button" onClick=${tour.leave}>${at === null ? words.decline : words.close}</button>
            `
            : html`
              <button type="button" class="primary" disabled=${tour.busy} onClick=${tour.act}>${words.doings[step.doing.type]}</button>
              <button type="button" onClick=${tour.skip}>${words.skip}</button>
              <button type="button" class="icon" aria-label=${words.leave} title=${words.leave} onClick=${tour.leave}><${CloseIcon} /></button>
            `
        }
      </div>
    </section>
  `;
}
